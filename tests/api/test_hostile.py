"""Files that attack the reader: each is one task with one clear end, and nobody else notices."""
import threading
import unittest

from hostile_pdfs import hostile
from pdf_text import text_pdf
from running_server import EXTRACT, RunningServer

CODES = {"CORRUPT_DOCUMENT", "UNSUPPORTED_DOCUMENT", "LIMIT_EXCEEDED", "RENDER_TIMEOUT", "INTERNAL_SERVER_ERROR"}


class Hostile(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.server = RunningServer()

    @classmethod
    def tearDownClass(cls):
        cls.server.close()

    def neighbour(self, stop, states):
        client, pdf = self.server.another_session(), text_pdf(["A neighbour's letter."])
        while not stop.is_set():
            states.append(client.end_of(client.submit(EXTRACT, {"documentId": client.upload(pdf)})))

    def test_each_hostile_file_ends_in_one_clear_state_and_neighbours_go_on(self):
        client, stop, neighbours = self.server.client, threading.Event(), []
        thread = threading.Thread(target=self.neighbour, args=(stop, neighbours))
        thread.start()
        files = hostile()
        tasks = {name: client.submit(EXTRACT, {"documentId": client.upload(data, name + ".pdf")}) for name, (data, _) in files.items()}
        for name, task in tasks.items():
            with self.subTest(name):
                state, expected = client.end_of(task), files[name][1]
                if state["status"] == "FAILED":
                    self.assertNotEqual(expected, "completes", state)
                    self.assertIn(state["error"]["code"], CODES)
                    self.assertGreater(len(state["error"]["message"]), 10)
                    self.assertNotEqual(state["error"].get("details", {}).get("reason"), "DEAD_LETTER", "the engine crashed three times")
                else:
                    self.assertNotEqual(expected, "fails")
                    self.assertEqual(client.download(state["resultDocumentId"]).status_code, 200)
        stop.set()
        thread.join()
        self.assertGreater(len(neighbours), 0)
        for state in neighbours:
            self.assertEqual(state["status"], "COMPLETED", state)
        self.assertEqual(client.session.get(self.server.root + "/readyz", timeout=60).status_code, 200)


if __name__ == "__main__":
    unittest.main()
