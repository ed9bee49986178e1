"""Find the address of a source's site: its Airflow connection, or else the public one."""

from urllib.parse import quote

from airflow.sdk import Connection
from airflow.sdk.exceptions import AirflowNotFoundException

from orderpaper.catalogue import Source


def base_url(source: Source) -> str | None:
    """Return the address of the source's site: its Airflow connection if set, else the public one of source.yml.

    The connection's host may be a whole URL, as Airflow's HTTP connections allow. A login and password of the
    connection stand in the address, from which the client takes them before it logs anything.
    """
    if source.connection_id is None:
        return source.base_url
    try:
        connection = Connection.get(source.connection_id)
    except AirflowNotFoundException:
        return source.base_url
    if not connection.host:
        return source.base_url
    scheme, found, host = connection.host.partition("://")
    if not found:
        port = f":{connection.port}" if connection.port else ""
        scheme, host = connection.schema or "https", f"{connection.host}{port}"
    login = f"{quote(connection.login, '')}:{quote(connection.password or '', '')}@" if connection.login else ""
    return f"{scheme}://{login}{host}"
