"""The process that reads words in pixels: its models stay loaded from one page to the next.

Run as `python -m tasks.documents.ocr_worker PARENT PIXELS BYTES`: the number of the process it belongs to, the
number of an inherited file in which that process lays a page's grey pixels, and the address space it may use. It
says `{"ready": true}`, then answers each line `{"width": ..., "height": ...}` by
`{"lines": [[text, box, confidence], ...], "turn_degrees": ...}`, boxes in parts of the page as it was given. It ends
with its input, and at the first thing that goes wrong. It has no network, as its parent has none.
"""

import json
import os
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from tasks.documents.cage import die_with, limit_memory
from tasks.documents.ocr_lines import PictureLine, Place, lines_of

_DETECTED_SIDE = 960
"""Pixels of the longer side at which places of text are looked for; the words are read at full size."""
_MOST_PLACES = 400
"""Places read of one page; the fullest page measured had 110."""
_ASKED = 12
"""Places asked whether the page is upside down."""
_MODELS = {"Det": "PP-OCRv6_det_small", "Rec": "PP-OCRv6_rec_small", "Cls": "ch_ppocr_mobile_v2.0_cls_mobile"}

Pixels = NDArray[np.uint8]
Boxes = NDArray[np.float32]
"""Four corners for each place, from the upper left clockwise, in pixels."""


def engine() -> Any:
    """The reader of words (PP-OCR on onnxruntime), its models out of the installed package."""
    from rapidocr import RapidOCR

    package = find_spec("rapidocr")
    models = Path(str(package and package.origin)).parent / "models"
    return RapidOCR(
        params={
            **{f"{part}.model_path": str(models / f"{name}.onnx") for part, name in _MODELS.items()},
            "Global.log_level": "critical",
            "Global.use_preprocess_img": False,
            "Global.use_vertical_padding": False,
            "Det.limit_type": "max",
            "Det.limit_side_len": _DETECTED_SIDE,
            "Rec.rec_batch_num": 1,  # lines of one batch are all made as long as its longest: more time, more memory
            "EngineConfig.onnxruntime.intra_op_num_threads": 1,
            "EngineConfig.onnxruntime.inter_op_num_threads": 1,
        }
    )


def read_page(page: Pixels, engine: Any) -> dict[str, Any]:
    """The lines of a page and how it lies; one that lies on its side or upside down is turned first.

    Args:
        page: grey, height by width.
        engine: as `engine` gives it.
    """
    page = np.repeat(page[:, :, np.newaxis], 3, axis=2)
    boxes, quarters = _places(page, engine), 0
    if _is_sideways(boxes):
        page, quarters = np.ascontiguousarray(np.rot90(page)), 1
        boxes = _places(page, engine)
    cuts = [_cut_out(page, box) for box in boxes]
    if cuts and _is_upside_down(cuts, engine):
        page, quarters = np.ascontiguousarray(np.rot90(page, 2)), quarters + 2
        boxes = _places(page, engine)
        cuts = [_cut_out(page, box) for box in boxes]
    read = engine.recognize_txt(cuts) if cuts else None
    places = [
        Place([(float(x), float(y)) for x, y in box], words, float(confidence))
        for box, words, confidence in (zip(boxes, read.txts, read.scores, strict=True) if read else ())
    ]
    lines = [_told(line, page, quarters) for line in lines_of(places, page.shape[1])]
    return {"lines": lines, "turn_degrees": -90 * quarters % 360}


def _told(line: PictureLine, page: Pixels, quarters: int) -> list[Any]:
    """The line with its box in parts of the page as it was before it was turned by so many quarters to the left."""
    high, wide = page.shape[:2]
    left, top, right, bottom = line.box[0] / wide, line.box[1] / high, line.box[2] / wide, line.box[3] / high
    for _ in range(quarters):
        left, top, right, bottom = 1 - bottom, left, 1 - top, right
    return [line.text, [left, top, right, bottom], line.confidence]


def _places(page: Pixels, engine: Any) -> Boxes:
    found = engine(page, use_rec=False, use_cls=False).boxes
    return np.zeros((0, 4, 2), np.float32) if found is None else np.asarray(found, np.float32)[:_MOST_PLACES]


def _sides(box: Boxes) -> tuple[float, float]:
    """Width and height of a place."""
    across = max(np.linalg.norm(box[0] - box[1]), np.linalg.norm(box[2] - box[3]))
    down = max(np.linalg.norm(box[0] - box[3]), np.linalg.norm(box[1] - box[2]))
    return float(across), float(down)


def _is_sideways(boxes: Boxes) -> bool:
    """Whether there is more text that runs up or down than across."""
    sides = [_sides(box) for box in boxes]
    tall = sum(down for across, down in sides if down > 2 * across)
    return bool(tall > sum(across for across, down in sides if across > 2 * down))


def _cut_out(page: Pixels, box: Boxes) -> Pixels:
    """The place of a page, set straight."""
    width, height = (max(1, int(side)) for side in _sides(box))
    straight = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    turn = cv2.getPerspectiveTransform(box, straight)
    cut = cv2.warpPerspective(page, turn, (width, height), flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE)
    return np.asarray(cut, np.uint8)


def _is_upside_down(cuts: list[Pixels], engine: Any) -> bool:
    """Whether most of some places, neither very short nor very long, stand on their heads."""
    asked = sorted(cuts, key=lambda cut: abs(cut.shape[1] / cut.shape[0] - 5))[:_ASKED]
    answers = engine.cls_and_rotate(asked)[1].cls_res
    return bool(2 * sum(label == "180" for label, _ in answers) > len(answers))


def main(parent: int, pixels: int, memory_bytes: int) -> None:
    """Serves until standard input ends."""
    die_with(parent)
    limit_memory(memory_bytes)
    cv2.setNumThreads(1)
    reader = engine()
    read_page(np.full((64, 640), 255, np.uint8), reader)
    reader.recognize_txt([np.full((48, 320, 3), 255, np.uint8)])  # models are loaded when they are first asked
    _say({"ready": True})
    for line in sys.stdin.buffer:
        asked = json.loads(line)
        width, height = int(asked["width"]), int(asked["height"])
        page = np.frombuffer(os.pread(pixels, width * height, 0), np.uint8).reshape(height, width)
        _say(read_page(page, reader))


def _say(said: dict[str, object]) -> None:
    line = json.dumps(said).encode() + b"\n"
    while line:
        line = line[os.write(1, line) :]


if __name__ == "__main__":
    main(*map(int, sys.argv[1:4]))
