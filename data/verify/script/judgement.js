// One word for a token, in the issuer's order: what was ended stays so, then the days count, then what is not known.

const WRONG_CLOCK_MILLISECONDS = DAY_SECONDS * 1000;

/**
 * What is to be said of a token now.
 *
 * `state` is issued, ended, expired, not_yet, unproven (no list to go by, or a stale one), clock (the device's date
 * is before the list's), or the kind of a refusal.
 */
async function judged(text, keys, held, now) {
  let read;
  try {
    read = await readToken(text, keys);
  } catch (refusal) {
    if (!(refusal instanceof Refused)) throw refusal;
    return { state: refusal.kind, sentence: refusal.message, isDemonstration: false };
  }
  const today = localDay(now);
  const ended = held.list !== null && isEnded(held.list, read.says.serial);
  const isStale = held.list === null || now > held.list.staleAfter;
  const validity = today < read.says.validFrom ? "not_yet" : today > read.says.expiresOn ? "expired" : "good";
  return {
    ...read,
    today,
    ended,
    isStale,
    validity,
    state: stateOf(ended, isStale, validity, held.list !== null && isBehind(now, held.list)),
    isDemonstration: isDemonstrationKey(read.keyId),
  };
}

function stateOf(ended, isStale, validity, clockIsWrong) {
  if (ended) return "ended";
  if (clockIsWrong) return "clock";
  if (validity !== "good") return validity;
  return isStale ? "unproven" : "issued";
}

function isBehind(now, list) {
  return now.getTime() + WRONG_CLOCK_MILLISECONDS < list.madeAt.getTime();
}

function isDemonstrationKey(keyId) {
  return keyId.startsWith("demo-");
}

/** The calendar day of this device. */
function localDay(now) {
  const parts = [now.getFullYear(), now.getMonth() + 1, now.getDate()];
  return parts.map((part, at) => String(part).padStart(at ? 2 : 4, "0")).join("-");
}
