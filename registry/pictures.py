"""What is measured in pictures, whatever they show: frozen records, judged elsewhere."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Portrait:
    """What can be measured in a picture without knowing whom it shows."""

    width_pixels: int
    """as a viewer turns it, like the height"""
    height_pixels: int
    contrast_levels: int
    """of 255 levels of grey, how far its darkest and lightest dots are apart, the outermost percent left out"""
    faces: int
    """faces seen from the front that were found; one that is less than an eighth of the picture is not looked for"""
    face_height_percent: int
    """of the largest face, from the brows to the chin, in parts of the picture's height; 0 without one"""
    sharpness: int
    """variance of the Laplacian over the largest face brought to 160 pixels, over the whole picture without one"""
    brightness_levels: int
    """mean level of grey, of 255, of the same place"""
