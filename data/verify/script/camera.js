// The camera, on only when asked, and never longer than it is needed.

const LOOK_EVERY_MILLISECONDS = 120;
const CAMERA_MILLISECONDS = 90_000;
const camera = { stream: null, turn: 0 };

/** Watch until a code is seen; the text of the code, or null when the camera was stopped before. */
async function codeInView(video) {
  stopCamera(video);
  const turn = camera.turn;
  const stream = await cameraStream();
  if (turn !== camera.turn) {
    stream.getTracks().forEach((track) => track.stop());
    return null;
  }
  camera.stream = video.srcObject = stream;
  await video.play();
  const until = Date.now() + CAMERA_MILLISECONDS;
  while (turn === camera.turn && Date.now() < until) {
    const [code] = video.videoWidth ? await codesIn(pixelsOf(video, video.videoWidth, video.videoHeight)) : [];
    if (turn !== camera.turn) return null;
    if (code !== undefined) {
      stopCamera(video);
      return code;
    }
    await new Promise((resume) => setTimeout(resume, LOOK_EVERY_MILLISECONDS));
  }
  if (turn !== camera.turn) return null;
  stopCamera(video);
  const remedy = "Try again with more light, nearer, or without glare.";
  throw new Refused("no_code", `No code was seen, and the camera was turned off. ${remedy}`);
}

function stopCamera(video) {
  camera.turn += 1;
  camera.stream?.getTracks().forEach((track) => track.stop());
  camera.stream = video.srcObject = null;
}

async function cameraStream() {
  if (!navigator.mediaDevices?.getUserMedia) {
    const sentence = "This browser gives no camera to a page from such an address. Choose a picture instead.";
    throw new Refused("browser", sentence);
  }
  const wanted = { facingMode: { ideal: "environment" }, width: { ideal: 1280 }, height: { ideal: 960 } };
  try {
    return await navigator.mediaDevices.getUserMedia({ video: wanted, audio: false });
  } catch (error) {
    const isRefused = error.name === "NotAllowedError";
    const why = isRefused ? "The camera was not allowed." : "No camera can be used on this device.";
    const remedy = isRefused ? "Allow it in the browser's settings for this page, or" : "Connect one, or";
    throw new Refused("browser", `${why} ${remedy} choose a picture instead.`);
  }
}
