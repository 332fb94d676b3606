// The signed list of certificates that were ended before their time: one bit for each, at the number in its serial.

const MOST_LIST_BYTES = 10_000_000 / 8 + 16_384;

/** The list, once its signature is proven; whether it is stale is a question of the hour. */
async function readStatusList(message, keys) {
  const parts = takenApart(message);
  const claims = claimsOf(await checkedPayload(parts, keys));
  const [made, stale] = [claims.get(CLAIM.iat), claims.get(CLAIM.exp)];
  const sound =
    claims.size === 4 && claims.get(CLAIM.iss) === ISSUER && claims.get(CLAIM.bits) instanceof Uint8Array &&
    Number.isSafeInteger(made) && Number.isSafeInteger(stale) && made < stale;
  try {
    if (sound) {
      const bits = await inflated(claims.get(CLAIM.bits), MOST_LIST_BYTES);
      return { madeAt: new Date(made * 1000), staleAfter: new Date(stale * 1000), bits, keyId: parts.keyId };
    }
  } catch {
    // what cannot be unpacked is no list
  }
  throw new Refused("damaged", "This is signed, and is not a status list of ours. Get the newest list.");
}

/** Whether the certificate was replaced or withdrawn when the list was made. */
function isEnded(list, serial) {
  const number = Number(serial.slice(5, 12));
  return ((list.bits[number >> 3] ?? 0) >> (number & 7) & 1) === 1;
}
