"""Limits that a process sets on itself before it touches what it was given; they end it where it breaks them."""

from __future__ import annotations

import math
import sys

from models.workbook.reading.limits import MEMORY, SECONDS

if sys.platform == "win32":
    import ctypes
    from ctypes import wintypes

    class _Basic(ctypes.Structure):
        _fields_ = (
            ("PerProcessUserTimeLimit", ctypes.c_int64),
            ("PerJobUserTimeLimit", ctypes.c_int64),
            ("LimitFlags", wintypes.DWORD),
            ("MinimumWorkingSetSize", ctypes.c_size_t),
            ("MaximumWorkingSetSize", ctypes.c_size_t),
            ("ActiveProcessLimit", wintypes.DWORD),
            ("Affinity", ctypes.c_size_t),
            ("PriorityClass", wintypes.DWORD),
            ("SchedulingClass", wintypes.DWORD),
        )

    class _Extended(ctypes.Structure):
        _fields_ = (
            ("BasicLimitInformation", _Basic),
            ("IoInfo", ctypes.c_uint64 * 6),
            ("ProcessMemoryLimit", ctypes.c_size_t),
            ("JobMemoryLimit", ctypes.c_size_t),
            ("PeakProcessMemoryUsed", ctypes.c_size_t),
            ("PeakJobMemoryUsed", ctypes.c_size_t),
        )

    _EXTENDED_LIMITS = 9
    _PROCESS_TIME, _ACTIVE_PROCESSES, _PROCESS_MEMORY = 0x2, 0x8, 0x100

    def confine() -> None:
        """Put this process into a job of its own: so much memory and time, and no further process.

        Raises:
            OSError: the system refuses.
        """
        kernel = ctypes.WinDLL("kernel32", use_last_error=True)
        kernel.CreateJobObjectW.restype = wintypes.HANDLE
        kernel.GetCurrentProcess.restype = wintypes.HANDLE
        kernel.SetInformationJobObject.argtypes = (wintypes.HANDLE, ctypes.c_int, ctypes.c_void_p, wintypes.DWORD)
        kernel.AssignProcessToJobObject.argtypes = (wintypes.HANDLE, wintypes.HANDLE)
        limits = _Extended()
        limits.BasicLimitInformation.LimitFlags = _PROCESS_TIME | _ACTIVE_PROCESSES | _PROCESS_MEMORY
        limits.BasicLimitInformation.PerProcessUserTimeLimit = int(SECONDS * 10_000_000)  # in units of 100 ns
        limits.BasicLimitInformation.ActiveProcessLimit = 1
        limits.ProcessMemoryLimit = MEMORY
        job = kernel.CreateJobObjectW(None, None)  # kept open until the process ends, and the job with it
        size = ctypes.sizeof(limits)
        if (
            not job
            or not kernel.SetInformationJobObject(job, _EXTENDED_LIMITS, ctypes.byref(limits), size)
            or not kernel.AssignProcessToJobObject(job, kernel.GetCurrentProcess())
        ):
            raise ctypes.WinError(ctypes.get_last_error())

else:
    import resource

    def confine() -> None:
        """Limit the memory and the time of this process, and let it write no file and start no process.

        Raises:
            OSError: the system refuses.
        """
        seconds = math.ceil(SECONDS)
        limits = [
            (resource.RLIMIT_CORE, 0),
            (resource.RLIMIT_FSIZE, 0),
            (resource.RLIMIT_CPU, seconds),
        ]
        if sys.platform.startswith("linux"):  # elsewhere the system counts what is shared as well, or not at all
            limits.append((resource.RLIMIT_AS, MEMORY))
        for kind, most in limits:
            _, highest = resource.getrlimit(kind)
            allowed = most if highest == resource.RLIM_INFINITY else min(most, highest)
            resource.setrlimit(kind, (allowed, allowed))
