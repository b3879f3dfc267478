/**
 * A sealed value as it is stored: JSON encrypted with AES-256-GCM, the binary parts in base64url. What it holds is known
 * only to whoever has the key `kid`.
 */
export interface Envelope {
  v: 1;
  /** Id of the key in the ring. */
  kid: string;
  iv: string;
  tag: string;
  ct: string;
}

/** How long an address of ours that stands on a card leads somewhere. */
export const passMinutes = 15;
