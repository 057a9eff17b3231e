"""Accounts and credentials: a second account sees nothing of the first; keys are made, rotated, revoked and imported."""
import json
import subprocess
import unittest

import requests
from pdf_text import text_pdf
from running_server import BINARIES, EXTRACT, Client, RunningServer

PDF = text_pdf(["A short letter."])


class Isolation(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.server = RunningServer()
        cls.first, cls.second = cls.server.client, cls.server.second_client()

    @classmethod
    def tearDownClass(cls):
        cls.second.session.close()
        cls.server.close()

    def same(self, foreign, unknown):
        """Both answers, but for their request ids and the time, are one."""
        def facts(answer):
            body = answer.json()
            body.pop("requestId", None)
            return answer.status_code, body, sorted(set(answer.headers) - {"Date", "X-Request-Id"})
        self.assertEqual(facts(foreign), facts(unknown))
        self.assertEqual(foreign.status_code, 404)

    def test_a_foreign_id_answers_exactly_like_an_unknown_one(self):
        document = self.first.upload(PDF)
        task = self.first.submit(EXTRACT, {"documentId": document})
        nothing = "0" * 24
        tag = self.first.download(document).headers["ETag"]
        for method, path, arguments in (("GET", "/documents/{}/download", {}), ("GET", "/documents/{}/download", {"headers": {"If-None-Match": tag}}),
                                        ("GET", "/documents/{}/download", {"headers": {"Range": "bytes=0-1"}}), ("DELETE", "/documents/{}", {}),
                                        ("POST", "/documents/{}/share", {}), ("GET", "/tasks/{}", {}), ("GET", "/tasks/{}", {"headers": {"Prefer": "wait=1"}}),
                                        ("DELETE", "/tasks/{}", {})):
            own = task if "tasks" in path else document
            self.same(self.second.call(method, path.format(own), **arguments), self.second.call(method, path.format(nothing), **arguments))
        self.same(self.second.post(EXTRACT, {"documentId": document}), self.second.post(EXTRACT, {"documentId": nothing}))
        self.assertEqual(self.first.download(document).content, PDF)

    def test_the_same_bytes_and_the_same_key_are_nothing_in_common(self):
        headers = {"Idempotency-Key": "both"}
        mine = self.first.upload(PDF, headers=headers)
        other = self.second.upload(b"something else", headers=headers)
        self.assertNotEqual(mine, other)
        self.assertEqual(self.second.download(other).content, b"something else")

    def test_metrics_and_health_need_no_credential_and_name_no_account(self):
        text = requests.get(self.server.root + "/metrics").text
        self.assertNotIn(self.first.id, text)


class Keys(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.server = RunningServer()

    @classmethod
    def tearDownClass(cls):
        cls.server.close()

    def keys(self, *arguments, code=0, **options):
        done = subprocess.run([BINARIES / "docwright", "keys", *arguments, "--data", self.server.data], capture_output=True, text=True, **options)
        self.assertEqual(done.returncode, code, done.stderr)
        return done.stdout if code == 0 else done.stderr

    def status(self, client_id, client_secret):
        return requests.get(f"{self.server.base}/tasks/1", headers={"client_id": client_id, "client_secret": client_secret}).status_code

    def test_a_new_pair_works_at_once_beside_the_old_one(self):
        made = json.loads(self.keys("create", "--note", "second pair", "--json"))
        self.assertEqual(self.status(made["clientId"], made["clientSecret"]), 404)
        self.assertEqual(self.server.client.get("/tasks/1").status_code, 404)
        listed = {row["clientId"]: row for row in json.loads(self.keys("list", "--json"))}
        self.assertEqual(listed[made["clientId"]]["note"], "second pair")
        self.assertEqual(listed[made["clientId"]]["account"], listed[self.server.client.id]["account"])
        self.assertNotIn(made["clientSecret"], self.keys("list"))

    def test_rotation_keeps_the_old_secret_for_the_grace_time(self):
        made = json.loads(self.keys("create", "--json"))
        fresh = json.loads(self.keys("rotate", made["clientId"], "--json"))
        self.assertEqual(fresh["clientId"], made["clientId"])
        self.assertEqual([self.status(made["clientId"], each["clientSecret"]) for each in (made, fresh)], [404, 404])
        last = json.loads(self.keys("rotate", made["clientId"], "--grace-hours", "0", "--json"))
        self.assertEqual([self.status(made["clientId"], each["clientSecret"]) for each in (fresh, last)], [401, 404])

    def test_revocation_is_immediate(self):
        made = json.loads(self.keys("create", "--json"))
        self.assertEqual(self.status(made["clientId"], made["clientSecret"]), 404)
        self.keys("revoke", made["clientId"])
        self.assertEqual(self.status(made["clientId"], made["clientSecret"]), 401)

    def test_a_chosen_pair_can_be_imported(self):
        self.keys("import", "foxit_AbCdEfGh12345678", "-", input="a-secret-that-a-client-has-already_\n")
        self.assertEqual(self.status("foxit_AbCdEfGh12345678", "a-secret-that-a-client-has-already_"), 404)
        self.keys("import", "foxit_AbCdEfGh12345678", "another", code=1)

    def test_a_scope_that_is_missing_is_403(self):
        made = json.loads(self.keys("create", "--scopes", "docgen", "--json"))
        answer = Client(self.server, made["clientId"], made["clientSecret"]).get("/tasks/1")
        self.assertEqual((answer.status_code, answer.json()["code"]), (403, "FORBIDDEN"))

    def test_what_does_not_exist_is_said(self):
        self.assertIn("no credential", self.keys("revoke", "nobody", code=1))
        self.assertIn("no account", self.keys("create", "--account", "acc_none", code=1))


if __name__ == "__main__":
    unittest.main()
