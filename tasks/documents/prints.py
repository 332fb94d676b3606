"""The print of a picture: so coarse that a copy of it has nearly the same one."""

from PIL import Image

from registry.prints import PRINT_SIDE
from tasks.documents.rasters import Raster


def print_of(page: Raster) -> str:
    """The mean grey of 16 by 16 cells, row by row, two hexadecimal digits for each."""
    picture = Image.frombytes("L", (page.width, page.height), page.pixels)
    return picture.resize((PRINT_SIDE, PRINT_SIDE), Image.Resampling.BOX).tobytes().hex()
