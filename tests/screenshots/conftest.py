"""Tests here that need an application draw on no screen."""

import os

os.environ["QT_QPA_PLATFORM"] = "offscreen"  # before anything makes an application
