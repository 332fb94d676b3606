// What happens when. Nothing is kept but the list: a person is on the screen until `next`, and nowhere else.

const MOST_LIST_FILE_BYTES = 4_000_000;
const carried = JSON.parse(part("carried").textContent);
const keys = new Map(carried.keys.map(({ kid, x }) => [kid, base64Bytes(x)]));
const held = { list: null, why: "" };
let byCamera = false;
let turn = 0;

const ready = (async () => {
  try {
    held.list = await readStatusList(base64Bytes(carried.status), keys);
  } catch (error) {
    held.why = error.message;
  }
  showAge(held, new Date());
})();

/** Judge a text and show it, unless something else was begun meanwhile. */
async function check(text) {
  const mine = ++turn;
  stopCamera(part("video"));
  say("");
  await ready;
  const found = await judged(text, keys, held, new Date()).catch(hindered);
  if (mine === turn) showVerdict(found, held);
}

/** Wait for a text that has to be found first; what hinders it is shown like a verdict. */
async function checkFound(search) {
  const mine = ++turn;
  try {
    const text = await search;
    if (mine === turn && text !== null) await check(text);
  } catch (error) {
    if (mine === turn) showVerdict(hindered(error), held);
  }
}

/** What is shown when there was nothing to judge. */
function hindered(error) {
  const isPlain = error instanceof Refused;
  const sentence = isPlain ? error.message : `This browser could not do it (${error.name}). Use a newer one.`;
  return { state: isPlain ? error.kind : "browser", sentence, isDemonstration: false };
}

function forget() {
  turn += 1;
  stopCamera(part("video"));
  showCamera(false);
  clearVerdict();
  showAge(held, new Date());
}

function next() {
  forget();
  if (byCamera) scan();
  else part("text").focus();
}

async function scan() {
  forget();
  byCamera = true;
  showCamera(true);
  await checkFound(codeInView(part("video")));
}

async function take(file) {
  forget();
  byCamera = false;
  const head = new Uint8Array(await file.slice(0, 5).arrayBuffer());
  const isPdf = String.fromCharCode(...head) === "%PDF-";
  if (head[0] === 0xd2 && head[1] === 0x84) await takeList(file);
  else await checkFound(isPdf ? codeInCertificateFile(file) : codeInPicture(file));
}

/** Go by this list from now on, if it is ours and newer. */
async function takeList(file) {
  await ready;
  try {
    if (file.size > MOST_LIST_FILE_BYTES) throw new Refused("damaged", "It is larger than any list.");
    const list = await readStatusList(new Uint8Array(await file.arrayBuffer()), keys);
    if (held.list !== null && list.madeAt <= held.list.madeAt) {
      say(`That list is not newer than the one in use. ${ageWords(held, new Date())}`);
      return;
    }
    held.list = list;
    showAge(held, new Date());
    say("The newer list is in use until this page is closed.");
  } catch (error) {
    say(`That list is not used. ${error.message}`);
  }
}

/** A token behind # in the address: the browser sends it nowhere, and the address forgets it. */
async function takeFragment() {
  const fragment = location.hash.slice(1);
  if (!fragment) return;
  history.replaceState(null, "", location.pathname + location.search);
  let text = fragment;
  try {
    text = decodeURIComponent(fragment);
  } catch {
    // judged as it stands
  }
  await check(text);
}

function submit(event) {
  event.preventDefault();
  byCamera = false;
  if (part("text").value.trim()) check(part("text").value);
  else part("text").focus();
}

// A scanner at the counter types like a keyboard, into whatever has the focus; its text begins a new check.
let typed = "";
function watchTyping(event) {
  if (event.target === part("text") || event.ctrlKey || event.altKey || event.metaKey || event.key.length > 1) return;
  typed = (typed + event.key).slice(-TOKEN_PREFIX.length);
  if (typed !== TOKEN_PREFIX) return;
  event.preventDefault();
  typed = "";
  forget();
  byCamera = false;
  part("text").value = TOKEN_PREFIX;
  part("text").focus();
}

function takeFirst(event, files) {
  if (!files?.length) return;
  event.preventDefault();
  take(files[0]);
}

part("camera").addEventListener("click", scan);
part("stop").addEventListener("click", () => {
  byCamera = false;
  forget();
  part("camera").focus();
});
part("next").addEventListener("click", next);
part("form").addEventListener("submit", submit);
part("text").addEventListener("keydown", (event) => {
  if (event.key === "Enter") submit(event);
});
part("file").addEventListener("change", (event) => takeFirst(event, event.target.files));
document.addEventListener("keydown", watchTyping);
document.addEventListener("paste", (event) => takeFirst(event, event.clipboardData?.files));
document.addEventListener("dragover", (event) => {
  if (!event.dataTransfer.types.includes("Files")) return;
  event.preventDefault();
  document.body.dataset.drag = "over";
});
document.addEventListener("dragleave", () => delete document.body.dataset.drag);
document.addEventListener("drop", (event) => {
  delete document.body.dataset.drag;
  takeFirst(event, event.dataTransfer.files);
});
document.addEventListener("visibilitychange", () => {
  if (document.hidden && camera.stream) forget();
});
addEventListener("hashchange", takeFragment);
setInterval(() => showAge(held, new Date()), 60_000);
if (matchMedia("(pointer: fine)").matches) part("text").focus();
takeFragment();
