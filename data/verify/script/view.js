// What is on the screen. Everything is set as text, so that nothing in a token can be markup.

const part = (id) => document.getElementById(id);
const ICONS = { good: "icon-good", bad: "icon-bad", warn: "icon-warn", demonstration: "icon-demonstration" };
const MARKS = { good: "Fine:", bad: "Not fine:", warn: "Careful:" };

function showVerdict(found, held) {
  const { look, sentence, remedy } = verdictOf(found, held);
  part("result").hidden = false;
  part("result").dataset.look = look;
  part("result").dataset.state = found.state;
  part("icon").setAttribute("href", `#${ICONS[look]}`);
  part("sentence").textContent = sentence;
  part("remedy").textContent = remedy;
  part("said").textContent = `${sentence} ${remedy}`;
  showPerson(found.says);
  part("parts").replaceChildren(...partsOf(found, held).map(row));
  part("ask").hidden = true;
  part("next").focus();
  scrollTo(0, 0);
}

function showPerson(says) {
  part("person").hidden = !says;
  part("name").textContent = says?.name ?? "";
  part("born").textContent = says?.birthYear ?? "";
}

function row([label, words, look]) {
  const group = document.createElement("div");
  const term = document.createElement("dt");
  const value = document.createElement("dd");
  term.textContent = label;
  if (look) {
    group.dataset.look = look;
    const mark = document.createElement("span");
    mark.className = "unseen";
    mark.textContent = `${MARKS[look]} `;
    value.append(mark);
  }
  value.append(words);
  group.append(term, value);
  return group;
}

/** Forget the person on the screen. */
function clearVerdict() {
  part("result").hidden = true;
  delete part("result").dataset.look;
  delete part("result").dataset.state;
  for (const id of ["sentence", "remedy", "said"]) part(id).textContent = "";
  showPerson(undefined);
  part("parts").replaceChildren();
  part("text").value = part("file").value = "";
  part("ask").hidden = false;
  say("");
}

/** A remark that is not about a certificate. */
function say(words) {
  part("remark").textContent = words;
  part("remark").hidden = words === "";
}

function showAge(held, now) {
  const isOld = held.list === null || now > held.list.staleAfter;
  part("age").textContent = ageWords(held, now);
  part("age").dataset.look = isOld ? "warn" : "good";
}

function showCamera(isOn) {
  part("viewfinder").hidden = !isOn;
  part("camera").hidden = isOn;
}
