"""What lies in the inbox: deliveries, their manifests, and whether they are whole."""

from tasks.deliveries.inbox import Arrival, ArrivalState, InboxError, look, survey, verify
from tasks.deliveries.manifest import ListedFile, Manifest

__all__ = ["Arrival", "ArrivalState", "InboxError", "ListedFile", "Manifest", "look", "survey", "verify"]
