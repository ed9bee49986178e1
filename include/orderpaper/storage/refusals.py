"""Say why a disk or a bucket has refused a request."""

import os
import re


def reason(error: Exception) -> str:
    """Return in a few words why the disk or the storage refused."""
    if isinstance(error, OSError):
        return error.strerror or str(error)
    message = str(error).splitlines()[0].partition("<?xml")[0].rstrip(" :")
    code = re.search(r"<Code>(\w+)</Code>", str(error))
    number = re.search(r"\(os error (\d+)\)", message)
    return os.strerror(int(number[1])) if number else f"{message} ({code[1]})" if code else message
