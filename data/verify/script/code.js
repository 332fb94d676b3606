// The QR code in a picture, by zxing-cpp compiled to WebAssembly, which the page carries in itself.

// Photos are larger than the decoder needs; a second look at more pixels is for small codes on wide pictures.
const LONGEST_SIDES = [1600, 4000];
const READER_OPTIONS = { formats: ["QRCode"], tryHarder: true, tryDownscale: true, maxNumberOfSymbols: 8 };
const MOST_DECODER_BYTES = 4_000_000;
let decoderReady = null;

/** The texts of the codes in these pixels (ImageData), those that mean to be tokens first. */
async function codesIn(pixels) {
  decoderReady ??= prepareDecoder();
  await decoderReady;
  const found = await ZXingWASM.readBarcodes(pixels, READER_OPTIONS);
  const texts = found.filter((code) => code.isValid).map((code) => code.text);
  return texts.sort((one, other) => other.startsWith(TOKEN_PREFIX) - one.startsWith(TOKEN_PREFIX));
}

async function prepareDecoder() {
  const packed = base64Bytes(document.getElementById("decoder").textContent.trim());
  const wasmBinary = (await inflated(packed, MOST_DECODER_BYTES)).buffer;
  await ZXingWASM.prepareZXingModule({ overrides: { wasmBinary }, fireImmediately: true });
}

/** The text of the code in a picture file, or a refusal that says what to do. */
async function codeInPicture(file) {
  let picture;
  try {
    picture = await createImageBitmap(file);
  } catch {
    const remedy = "Take a photo or a screenshot of the card as PNG or JPEG.";
    throw new Refused("unreadable", `This browser cannot open that file. ${remedy}`);
  }
  for (const longest of LONGEST_SIDES) {
    const scale = Math.min(1, longest / Math.max(picture.width, picture.height));
    const [width, height] = [picture.width, picture.height].map((side) => Math.round(side * scale));
    const [code] = await codesIn(pixelsOf(picture, width, height));
    if (code !== undefined) return code;
    if (scale === 1) break;
  }
  const remedy = "Take it again: near, sharp, the whole code in it.";
  throw new Refused("no_code", `There is no readable code in this picture. ${remedy}`);
}

/** The pixels of a picture or a video, on white where it is transparent. */
function pixelsOf(source, width, height) {
  const canvas = new OffscreenCanvas(Math.max(1, width), Math.max(1, height));
  const pen = canvas.getContext("2d", { willReadFrequently: true });
  pen.fillStyle = "#fff";
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.drawImage(source, 0, 0, canvas.width, canvas.height);
  return pen.getImageData(0, 0, canvas.width, canvas.height);
}
