import { hashOfKey, newIntakeKey } from './handlers/intake-key.ts';

/** `npm run source-key`: makes a key for somebody who hands in referrals over HTTP. It is shown once and kept nowhere. */
const key = newIntakeKey();
process.stdout.write(
  [
    'Give this key to the one who hands in referrals; it is not stored anywhere:',
    `  ${key}`,
    'Put this line under sources: in the region file, with a name and source of your own:',
    `  - { name: school-name, source: school, keyHash: "${hashOfKey(key)}", perMinute: 30 }`,
    '',
  ].join('\n'),
);
