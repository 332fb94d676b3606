"""The kinds of households a sample plays, and how often."""

from collections.abc import Callable
from dataclasses import dataclass

from tasks.sampling import caregiver_scenes as caregivers
from tasks.sampling import patient_scenes as patients
from tasks.sampling.cases import Case
from tasks.sampling.household import Household


@dataclass(frozen=True, slots=True)
class Scene:
    """One kind of household: how often it is met, and how many rows it makes."""

    weight: float
    rows: int
    play: Callable[[Household], list[Case]]


SCENES: dict[str, Scene] = {
    "renewal": Scene(54, 1, patients.renewal),
    "renewal_moved": Scene(4, 1, patients.renewal_moved),
    "renewal_cared": Scene(2.5, 1, caregivers.renewal_cared),
    "couple": Scene(3.2, 2, patients.couple),
    "minor_renewal": Scene(0.6, 1, caregivers.minor_renewal),
    "initial": Scene(12, 1, patients.initial),
    "initial_cared": Scene(3.2, 2, caregivers.initial_cared),
    "initial_known_caregiver": Scene(0.5, 1, caregivers.initial_known_caregiver),
    "minor_initial": Scene(1.6, 2, caregivers.minor_initial),
    "emancipated": Scene(0.2, 1, patients.emancipated),
    "caregiver_initial": Scene(1.4, 1, caregivers.caregiver_initial),
    "caregiver_renewal": Scene(1.6, 1, caregivers.caregiver_renewal),
    "caregiver_and_patient_renewal": Scene(0.8, 2, caregivers.caregiver_and_patient_renewal),
    "replacement": Scene(3, 1, patients.replacement),
    "change": Scene(2.8, 1, patients.change),
    "caregiver_change": Scene(0.5, 1, caregivers.caregiver_change),
}
