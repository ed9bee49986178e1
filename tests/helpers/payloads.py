"""Rows of payloads as the sites give them, for tests of what is made of them."""


def written_question(number: object, **fields: object) -> dict[str, object]:
    """Return a row of the written-questions list, unanswered unless `fields` has an answer."""
    return {
        "id": number,
        "askingMemberId": 1,
        "askingMember": None,
        "house": "Commons",
        "memberHasInterest": False,
        "dateTabled": "2025-03-10T00:00:00",
        "dateForAnswer": "2025-03-13T00:00:00",
        "uin": str(number),
        "questionText": f"To ask the Chancellor of the Exchequer, what {number} is.",
        "answeringBodyId": 14,
        "answeringBodyName": "Treasury",
        "isWithdrawn": False,
        "isNamedDay": False,
        "groupedQuestions": [],
        "answerIsHolding": None,
        "answerIsCorrection": None,
        "answeringMemberId": None,
        "answeringMember": None,
        "correctingMemberId": None,
        "correctingMember": None,
        "dateAnswered": None,
        "answerText": None,
        "originalAnswerText": "",
        "comparableAnswerText": "",
        "dateAnswerCorrected": None,
        "dateHoldingAnswer": None,
        "attachmentCount": 0,
        "heading": "Numbers",
        "attachments": [],
        "groupedQuestionsDates": [],
        **fields,
    }
