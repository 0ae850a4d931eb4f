"""Takes from the system's administrator what lets that user read and write what is forbidden.

Tests of permissions would hold nothing where all of them run as the administrator, as they do in many containers.
"""

from __future__ import annotations

import ctypes
import os
import sys

_VERSION = 0x20080522  # of the two structures of capset(2), each capability one bit in two words
_DAC_OVERRIDE, _DAC_READ_SEARCH, _FOWNER = 1, 2, 3


class _Header(ctypes.Structure):
    _fields_ = (("version", ctypes.c_uint32), ("pid", ctypes.c_int))


class _Sets(ctypes.Structure):
    _fields_ = (("effective", ctypes.c_uint32), ("permitted", ctypes.c_uint32), ("inheritable", ctypes.c_uint32))


def obey_permissions() -> None:
    """Let this process, from here on and for good, obey the permissions of files as any user must.

    Raises:
        OSError: the system refuses.
    """
    if os.getuid() != 0 or sys.platform != "linux":
        return
    library = ctypes.CDLL(None, use_errno=True)
    header, sets = _Header(_VERSION, 0), (_Sets * 2)()
    if library.capget(ctypes.byref(header), sets):
        raise OSError(ctypes.get_errno(), "the capabilities of this process cannot be read")
    lost = ~(1 << _DAC_OVERRIDE | 1 << _DAC_READ_SEARCH | 1 << _FOWNER)
    for name in ("effective", "permitted", "inheritable"):
        setattr(sets[0], name, getattr(sets[0], name) & lost)
    if library.capset(ctypes.byref(header), sets):
        raise OSError(ctypes.get_errno(), "the capabilities of this process cannot be given up")
