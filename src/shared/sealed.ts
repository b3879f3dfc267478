/** Encrypted JSON as it is stored: AES-256-GCM, base64url. What it holds is known only to whoever has the key `kid`. */
export interface Envelope {
  v: 1;
  kid: string;
  iv: string;
  tag: string;
  ct: string;
}
