// What the page says. Every verdict has a look, a sentence for the clerk, and one more that says what to do.

const FOREIGN = "Not a certificate of ours, or changed.";

const VERDICTS = {
  issued: {
    look: "good",
    sentence: () => "Good. Compare the name and the year of birth with the photo ID.",
    remedy: ({ says }) => `It is good through ${longDay(says.expiresOn)}.`,
  },
  expired: {
    look: "bad",
    sentence: ({ says }) => `Not good: it ended on ${longDay(says.expiresOn)}.`,
    remedy: () => "Ask for the newest certificate; the State sends it by e-mail.",
  },
  not_yet: {
    look: "bad",
    sentence: ({ says }) => `Not good yet: it begins on ${longDay(says.validFrom)}.`,
    remedy: () => "Ask for the certificate that is good today.",
  },
  ended: {
    look: "bad",
    sentence: () => "Not good: it was replaced or withdrawn.",
    remedy: () => "Ask for the newest certificate. If there is none, it was withdrawn.",
  },
  clock: {
    look: "warn",
    sentence: () => "Not known: the date of this device is wrong.",
    remedy: ({ today }) => `It says ${longDay(today)}, and this page was made later. Set the date, then check again.`,
  },
  unproven: {
    look: "warn",
    sentence: (found, held) =>
      held.list === null
        ? "Not known: this page has no list of withdrawn certificates."
        : `Good as of ${longDay(localDay(held.list.madeAt))}, but the list is old: get a newer page.`,
    remedy: () => "The signature and the days hold; whether it was replaced or withdrawn since is not known.",
  },
  damaged: { look: "bad", sentence: () => FOREIGN, remedy: (found) => found.sentence },
  not_ours: { look: "bad", sentence: () => FOREIGN, remedy: (found) => found.sentence },
  other_issuer: { look: "bad", sentence: () => FOREIGN, remedy: (found) => found.sentence },
  unknown_key: {
    look: "bad",
    sentence: () => "Not accepted: this page does not know its key.",
    remedy: () => "Get the newest page, and check again. If it says the same, this is not a certificate of ours.",
  },
  wrong_signature: { look: "bad", sentence: () => FOREIGN, remedy: (found) => found.sentence },
  browser: { look: "warn", sentence: () => "Not checked.", remedy: (found) => found.sentence },
  no_code: { look: "warn", sentence: () => "No code was found.", remedy: (found) => found.sentence },
  unreadable: { look: "warn", sentence: () => "The file could not be opened.", remedy: (found) => found.sentence },
};

const DEMONSTRATION = "DEMONSTRATION – not a state certificate";

/** The look, the sentence and the remedy of what was found; a demonstration key drowns everything else. */
function verdictOf(found, held) {
  const { look, sentence, remedy } = VERDICTS[found.state];
  const plain = { look, sentence: sentence(found, held), remedy: remedy(found, held) };
  if (!found.isDemonstration) return plain;
  const exercise = `Do not accept it. As an exercise: ${plain.sentence}`;
  return { look: "demonstration", sentence: DEMONSTRATION, remedy: exercise };
}

/** The parts of what was found: label, words, and how it stands (good, bad, warn, or empty where nothing is judged). */
function partsOf(found, held) {
  if (!found.says) return SIGNATURES[found.state] ? unprovenParts(SIGNATURES[found.state]) : [];
  const { says, keyId, today } = found;
  const [whose, issuer, look] = found.isDemonstration
    ? ["demonstration key", "Nobody: it is a demonstration", "bad"]
    : ["key", "Connecticut Medical Marijuana Program", "good"];
  return [
    ["Signature", `Holds, by ${whose} ${keyId}`, look],
    ["Issued by", issuer, look],
    ["Validity", validityWords(found), found.validity === "good" ? "good" : "bad"],
    ["Today", `${longDay(today)}, by this device`, found.state === "clock" ? "warn" : ""],
    ["Withdrawn or replaced", statusWords(found, held), found.ended ? "bad" : found.isStale ? "warn" : "good"],
    ["Kind", `${capital(says.kind)}, ${says.role}`, ""],
    ["Registration number", says.registrationNumber, ""],
    ["Serial", says.serial, ""],
  ];
}

const SIGNATURES = {
  damaged: "Could not be read",
  not_ours: "None of ours",
  other_issuer: "Of another issuer",
  unknown_key: "By a key that this page does not know",
  wrong_signature: "Wrong",
};

function unprovenParts(signature) {
  return [
    ["Signature", signature, "bad"],
    ["All else", "Nothing that it says can be believed", ""],
  ];
}

function validityWords({ says, validity }) {
  const words = { good: "Good today", expired: "Ended", not_yet: "Not begun" };
  return `${words[validity]}: ${longDay(says.validFrom)} through ${longDay(says.expiresOn)}`;
}

function statusWords({ ended, isStale }, { list }) {
  if (list === null) return "Not known: there is no list.";
  const as = `as of ${longMoment(list.madeAt)}`;
  if (ended) return `Yes, ${as}`;
  return isStale ? `Not ${as}; the list is old` : `No, ${as}`;
}

/** How old the list is, for the foot of the page. */
function ageWords(held, now) {
  if (held.list === null) return `No list of withdrawn certificates: ${held.why}`;
  const hours = Math.floor((now - held.list.madeAt) / 3_600_000);
  const made = `made ${longMoment(held.list.madeAt)}`;
  if (hours < 0) return `List of withdrawn certificates: ${made}.`;
  const old = now > held.list.staleAfter ? " It is too old: get a newer page." : "";
  return `List of withdrawn certificates: ${hoursOrDays(hours)} old, ${made}.${old}`;
}

function hoursOrDays(hours) {
  if (hours < 1) return "less than an hour";
  const [number, noun] = hours < 48 ? [hours, "hour"] : [Math.floor(hours / 24), "day"];
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}

function capital(word) {
  return word[0].toUpperCase() + word.slice(1);
}

/** `2026-11-22` as November 22, 2026. */
function longDay(iso) {
  return new Intl.DateTimeFormat("en-US", { dateStyle: "long", timeZone: "UTC" }).format(new Date(`${iso}T00:00:00Z`));
}

function longMoment(moment) {
  return new Intl.DateTimeFormat("en-US", { dateStyle: "long", timeStyle: "short" }).format(moment);
}
