"""Asking the simulated APIs."""

import requests

QUESTIONS = "/api/writtenquestions/questions"
WEEK = {"From": "2025-03-10", "To": "2025-03-14"}


class Asker:
    """Asks one server."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._session = requests.Session()

    def get(self, path: str, **query: object) -> requests.Response:
        return self._session.get(self._url + path, params=query, timeout=60)

    def page(self, **query: object) -> dict:
        response = self.get(QUESTIONS, **{"take": 100} | query)
        assert response.status_code == 200, response.text
        return response.json()

    def rows(self, **query: object) -> list[dict]:
        """Every value of a listing that does not shift."""
        rows, total = [], 1
        while len(rows) < total:
            page = self.page(**query, skip=len(rows))
            total = page["totalResults"]
            rows += [result["value"] for result in page["results"]]
        return rows

    def detail(self, question_id: int) -> dict:
        return self.get(f"{QUESTIONS}/{question_id}").json()["value"]


def window(name: str, first: str = WEEK["From"], last: str = WEEK["To"]) -> dict[str, str]:
    return {f"{name}WhenFrom": first, f"{name}WhenTo": last}
