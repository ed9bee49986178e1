"""The actions of a person on the pages: start the DAG `requeue`, and put another snapshot in force.

A form carries a token that is signed for the user who was given it, so no other site can send the form in the user's
name. What a form starts needs the permission that Airflow asks for to trigger the same DAG.
"""

from typing import Annotated
from urllib.parse import parse_qs

from airflow.api.common.trigger_dag import trigger_dag
from airflow.api_fastapi.auth.managers.models.base_user import BaseUser
from airflow.api_fastapi.auth.managers.models.resource_details import DagAccessEntity
from airflow.api_fastapi.core_api.security import get_user, requires_access_dag
from airflow.configuration import conf
from airflow.utils.types import DagRunTriggeredByType
from fastapi import Depends, HTTPException, Request
from itsdangerous import BadData, URLSafeTimedSerializer

VALID_SECONDS = 3600
_LARGEST_FORM = 4096

may_requeue = requires_access_dag("POST", DagAccessEntity.RUN, "requeue")
"""Refuses who may not trigger the DAG `requeue`."""
may_publish = requires_access_dag("POST", DagAccessEntity.RUN, "build_warehouse")
"""Refuses who may not trigger the DAG `build_warehouse`."""

User = Annotated[BaseUser, Depends(get_user)]


def token(user: BaseUser) -> str:
    """Return the token of a form that is shown to a user."""
    return str(_signer().dumps(str(user.get_id())))


async def sent_by_its_own_form(request: Request, user: User) -> None:
    """Refuse a request that was not sent by a form of ours, shown to the same user within the last hour."""
    # A browser says where a request comes from; other clients do not, and need the token all the same.
    if request.headers.get("sec-fetch-site", "same-origin") != "same-origin":
        raise HTTPException(403, "Another site sent this form. Nothing was done.")
    form = parse_qs((await request.body())[:_LARGEST_FORM].decode("utf-8", "replace"))
    try:
        signed_for = _signer().loads(form.get("token", [""])[-1], max_age=VALID_SECONDS)
    except BadData:
        signed_for = None
    if signed_for != str(user.get_id()):
        raise HTTPException(403, "The form is too old, or not ours. Nothing was done: load the page again.")


def requeue(user: BaseUser) -> str:
    """Start the DAG `requeue` in the name of a user; return the id of the run."""
    run = trigger_dag("requeue", triggered_by=DagRunTriggeredByType.UI, triggering_user_name=user.get_name(), conf={})
    if run is None:
        raise HTTPException(409, "Airflow did not start the DAG requeue.")
    return str(run.run_id)


def _signer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(conf.get("api", "secret_key"), salt="orderpaper-warehouse-form")
