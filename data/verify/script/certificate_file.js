// The code in a certificate's PDF file, which is drawn as bars in its last content stream: no PDF library is needed.

const MOST_PDF_BYTES = 10_000_000;
const MOST_STREAM_BYTES = 4_000_000;
const MOST_STREAMS = 4;
const STREAM = /\/Filter \[ \/FlateDecode \] \/Length (\d{1,7})\n>>\nstream\n/g;
const BARS = /(?:^|\n)[\d.]+ 0 0 -[\d.]+ [\d.-]+ [\d.-]+ cm\s+n ((?:[\d.]+ [\d.]+ [\d.]+ [\d.]+ re\s+)+)f\*/;
const MOST_MODULES = 200;
const QUIET_MODULES = 4;
const PIXELS_PER_MODULE = 6;

/** The text of the code in the file, or a refusal that says what to do. */
async function codeInCertificateFile(file) {
  if (file.size <= MOST_PDF_BYTES) {
    const bytes = new Uint8Array(await file.arrayBuffer());
    const text = new TextDecoder("latin1").decode(bytes);
    for (const match of [...text.matchAll(STREAM)].slice(-MOST_STREAMS).reverse()) {
      const start = match.index + match[0].length;
      const bars = await barsIn(bytes.subarray(start, start + Number(match[1])));
      const [code] = bars ? await codesIn(drawn(bars)) : [];
      if (code !== undefined) return code;
    }
  }
  const remedy = "Open it, and choose a screenshot of the card, or point the camera at it.";
  throw new Refused("no_code", `This file is not a certificate as we send it: no code was found in it. ${remedy}`);
}

async function barsIn(stream) {
  let operators;
  try {
    operators = new TextDecoder("latin1").decode(await inflated(stream, MOST_STREAM_BYTES));
  } catch {
    return null;
  }
  const found = BARS.exec(operators);
  return found && found[1].split("re").slice(0, -1).map((bar) => bar.trim().split(" ").map(Number));
}

function drawn(bars) {
  const right = Math.max(...bars.map(([x, , width]) => x + width));
  const modules = Math.min(MOST_MODULES, Math.ceil(right)) + 2 * QUIET_MODULES;
  const canvas = new OffscreenCanvas(modules * PIXELS_PER_MODULE, modules * PIXELS_PER_MODULE);
  const pen = canvas.getContext("2d");
  pen.fillStyle = "#fff";
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.fillStyle = "#000";
  pen.scale(PIXELS_PER_MODULE, PIXELS_PER_MODULE);
  for (const [x, y, width, height] of bars) pen.fillRect(x + QUIET_MODULES, y + QUIET_MODULES, width, height);
  return pen.getImageData(0, 0, canvas.width, canvas.height);
}
