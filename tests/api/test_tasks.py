"""Submitting operations and following tasks (contract/pdf-services.md, 3 to 5)."""
import io
import json
import time
import unittest
import zipfile

from pdf_text import text_pdf
from running_server import EXTRACT, RunningServer

PDF = text_pdf(["A short letter."])


class Tasks(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.server = RunningServer()
        cls.client = cls.server.client
        cls.document = cls.client.upload(PDF, "letter.pdf")

    @classmethod
    def tearDownClass(cls):
        cls.server.close()

    def assertRefused(self, answer, status=400, code="VALIDATION_ERROR"):
        self.assertEqual(answer.status_code, status, answer.text)
        self.assertEqual(answer.json()["code"], code)
        return answer.json()["message"]

    # ---- the four steps

    def test_upload_extract_poll_download(self):
        answer = self.client.post(EXTRACT, {"documentId": self.document})
        self.assertEqual(answer.status_code, 202)
        task = answer.json()["taskId"]
        self.assertEqual(answer.headers["Location"], f"/pdf-services/api/tasks/{task}")
        state = self.client.end_of(task)
        self.assertEqual(state["status"], "COMPLETED", state)
        self.assertEqual(state["progress"], 100)
        self.assertEqual(sorted(state), ["createdAt", "progress", "resultDocumentId", "status", "taskId", "updatedAt"])
        result = self.client.download(state["resultDocumentId"])
        self.assertEqual(result.headers["Content-Type"], "application/zip")
        self.assertIn('filename="letter.zip"', result.headers["Content-Disposition"])
        self.assertIn("StructureInfo.json", zipfile.ZipFile(io.BytesIO(result.content)).namelist())

    def test_the_second_address_of_the_same_operation(self):
        task = self.client.submit("/documents/analyze/pdf-structural-analysis", {"documentId": self.document})
        self.assertEqual(self.client.end_of(task)["status"], "COMPLETED")

    def test_a_result_can_be_deleted_shared_and_is_the_same_bytes_again(self):
        results = [self.client.end_of(self.client.submit(EXTRACT, {"documentId": self.document}))["resultDocumentId"] for _ in range(2)]
        self.assertEqual(*(self.client.download(result).content for result in results))
        self.assertEqual(self.client.post(f"/documents/{results[0]}/share").status_code, 200)
        self.assertEqual(self.client.call("DELETE", f"/documents/{results[0]}").status_code, 200)

    # ---- the body

    def test_bodies_as_clients_send_them(self):
        for body in ({"documentId": self.document, "password": None, "config": None, "unknown": {"deep": [1]}},
                     {"documentId": self.document, "password": "", "config": {"renditions": "NONE", "alsoUnknown": 1}},
                     {"config": {"documentId": self.document}}, {"documentId": self.document, "region": "na1", "callbackUrl": None}):
            self.assertEqual(self.client.post(EXTRACT, body).status_code, 202, body)

    def test_any_content_type_or_none(self):
        data = json.dumps({"documentId": self.document})
        for kind in ("application/json", "Application/JSON; charset=utf-8", "text/plain", "application/x-www-form-urlencoded", None):
            self.assertEqual(self.client.post(EXTRACT, data=data, headers={"Content-Type": kind}).status_code, 202, kind)

    def test_what_cannot_be_read_is_refused_with_the_key_that_is_wrong(self):
        self.assertEqual(self.assertRefused(self.client.post(EXTRACT, {})), "documentId is required")
        self.assertIn("not valid JSON", self.assertRefused(self.client.post(EXTRACT, data="{")))
        self.assertIn("not valid JSON", self.assertRefused(self.client.post(EXTRACT, data="")))
        self.assertIn("nest", self.assertRefused(self.client.post(EXTRACT, data="[" * 10000)) + " nest")
        for body in ([], "x", 1, None):
            self.assertRefused(self.client.post(EXTRACT, data=json.dumps(body)))
        for body, key in (({"documentId": 1}, "documentId"), ({"documentId": [self.document]}, "documentId"),
                          ({"documentId": self.document, "renditions": "some"}, "renditions"), ({"documentId": self.document, "renditions": 1}, "renditions"),
                          ({"documentId": self.document, "password": 1}, "password"), ({"documentId": self.document, "password": ["x"]}, "password")):
            self.assertIn(key, self.assertRefused(self.client.post(EXTRACT, body)))

    def test_an_unknown_document_is_404_and_so_is_a_task_id(self):
        task = self.client.submit(EXTRACT, {"documentId": self.document})
        for wrong in ("0" * 24, task, "../etc/passwd", "x" * 5000):
            self.assertRefused(self.client.post(EXTRACT, {"documentId": wrong}), 404, "DOCUMENT_NOT_FOUND")

    def test_a_callback_is_refused_until_it_can_be_kept(self):
        for body in ({"callbackUrl": "https://x.example"}, {"config": {"callbackUrl": "https://x.example"}}):
            self.assertIn("callbackUrl", self.assertRefused(self.client.post(EXTRACT, {"documentId": self.document, **body})))

    def test_a_body_beyond_a_megabyte_is_refused(self):
        answer = self.client.post(EXTRACT, {"documentId": self.document, "x": "y" * 1_100_000})
        self.assertEqual(answer.status_code, 413)

    # ---- tasks

    def test_an_unknown_task_is_404(self):
        for wrong in ("0" * 24, self.document, "x"):
            self.assertRefused(self.client.get(f"/tasks/{wrong}"), 404, "TASK_NOT_FOUND")
            self.assertRefused(self.client.call("DELETE", f"/tasks/{wrong}"), 404, "TASK_NOT_FOUND")

    def test_polls_with_a_json_content_type_and_a_region(self):
        task = self.client.submit(EXTRACT, {"documentId": self.document})
        answer = self.client.get(f"/tasks/{task}?region=na1", headers={"Content-Type": "application/json"})
        self.assertEqual(answer.status_code, 200)
        self.assertEqual(answer.json()["taskId"], task)
        self.assertIsInstance(answer.json()["progress"], int)

    def test_prefer_wait_answers_when_the_task_has_ended(self):
        task = self.client.submit(EXTRACT, {"documentId": self.document})
        self.client.end_of(task)
        answer = self.client.get(f"/tasks/{task}", headers={"Prefer": "respond-async, wait=30"})
        self.assertEqual(answer.json()["status"], "COMPLETED")
        self.assertEqual(answer.headers["Preference-Applied"], "wait=30")

    def test_a_failed_task_has_an_error_with_a_message(self):
        state = self.client.end_of(self.client.submit(EXTRACT, {"documentId": self.client.upload(b"not a PDF", "a.pdf")}))
        self.assertEqual((state["status"], state["progress"]), ("FAILED", 0))
        self.assertIn(state["error"]["code"], ("UNSUPPORTED_DOCUMENT", "CORRUPT_DOCUMENT"))
        self.assertTrue(state["error"]["message"])
        self.assertNotIn("resultDocumentId", state)

    def test_a_task_keeps_its_input_when_the_document_is_deleted(self):
        document = self.client.upload(text_pdf(["page"] * 50))
        task = self.client.submit(EXTRACT, {"documentId": document})
        self.client.call("DELETE", f"/documents/{document}")
        self.assertEqual(self.client.end_of(task)["status"], "COMPLETED")

    def test_cancel_ends_a_task_and_a_final_task_stays_as_it_is(self):
        long = self.client.upload(text_pdf(["A page with a few words.\n" * 40] * 1500), "long.pdf")
        task = self.client.submit(EXTRACT, {"documentId": long})
        state = self.client.call("DELETE", f"/tasks/{task}")
        self.assertEqual(state.status_code, 200)
        ended = self.client.end_of(task)
        self.assertEqual((ended["status"], ended["error"]["code"]), ("FAILED", "CANCELLED"))
        done = self.client.submit(EXTRACT, {"documentId": self.document})
        self.client.end_of(done)
        self.assertEqual(self.client.call("DELETE", f"/tasks/{done}").json()["status"], "COMPLETED")

    def test_progress_never_falls(self):
        task = self.client.submit(EXTRACT, {"documentId": self.client.upload(text_pdf(["A page with a few words."] * 300))})
        seen = []
        while True:
            state = self.client.get(f"/tasks/{task}").json()
            if state["status"] in ("COMPLETED", "FAILED"):
                self.client.end_of(task)
                break
            seen.append(state["progress"])
            time.sleep(0.01)
        self.assertEqual(state["status"], "COMPLETED")
        self.assertEqual(seen, sorted(seen))

    # ---- idempotency

    def test_the_same_key_and_body_give_the_same_answer(self):
        headers = {"Idempotency-Key": "order-1"}
        first = self.client.post(EXTRACT, {"documentId": self.document}, headers=headers)
        again = self.client.post(EXTRACT, {"documentId": self.document}, headers=headers)
        self.assertEqual((first.status_code, first.json()), (again.status_code, again.json()))
        other = self.client.post(EXTRACT, {"documentId": self.document, "detail": "words"}, headers=headers)
        self.assertRefused(other, 409, "IDEMPOTENCY_CONFLICT")

    def test_an_upload_is_repeatable_whatever_its_boundary(self):
        headers = {"Idempotency-Key": "upload-1"}
        ids = {self.client.upload(PDF, "one.pdf", headers=headers) for _ in range(3)}
        self.assertEqual(len(ids), 1)
        for data, name in ((PDF + b" ", "one.pdf"), (PDF, "two.pdf")):
            answer = self.client.call("POST", "/documents/upload", files={"file": (name, data)}, headers=headers)
            self.assertRefused(answer, 409, "IDEMPOTENCY_CONFLICT")

    def test_a_share_is_repeatable(self):
        answers = [self.client.post(f"/documents/{self.document}/share", headers={"Idempotency-Key": "share-1"}).json() for _ in range(2)]
        self.assertEqual(*answers)

    def test_a_bad_key_is_refused(self):
        self.assertRefused(self.client.post(EXTRACT, {"documentId": self.document}, headers={"Idempotency-Key": "x" * 256}))


if __name__ == "__main__":
    unittest.main()
