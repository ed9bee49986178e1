"""The page "Warehouse" in Airflow's menu. The pages themselves are in `warehouse_pages`.

Every Airflow process loads its plugins, and only the API server needs the pages. So they are imported at the first
request.
"""

from typing import Any

from airflow.plugins_manager import AirflowPlugin

PREFIX = "/warehouse"


async def serve(scope: Any, receive: Any, send: Any) -> None:
    """Serve a request with the application, which is made at the first request."""
    from warehouse_pages.app import application  # noqa: PLC0415

    await application()(scope, receive, send)


class WarehousePage(AirflowPlugin):
    """The plugin that mounts the page and adds it to the menu."""

    name = "warehouse_page"
    fastapi_apps = [{"app": serve, "url_prefix": PREFIX, "name": "Warehouse"}]  # noqa: RUF012  # as Airflow reads it
    external_views = [  # noqa: RUF012
        {
            "name": "Warehouse",
            "href": f"{PREFIX}/",
            "destination": "nav",
            "url_route": "warehouse",
            "nav_top_level": True,
        }
    ]
