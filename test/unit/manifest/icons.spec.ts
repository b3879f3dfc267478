import { readFile } from 'node:fs/promises';
import { expect } from 'chai';
import { readPng } from './read-png.ts';
import { manifestFolder, readManifest } from './support.ts';

const readIcon = async (file: string) => readPng(await readFile(new URL(file, manifestFolder)));

describe('the icons of the app package', () => {
  it('shows in colour on 192 × 192 pixels without a transparent spot', async () => {
    const { width, height, pixels } = await readIcon('color.png');
    expect([width, height]).to.deep.equal([192, 192]);
    expect(pixels.filter(([, , , alpha]) => alpha !== 255)).to.deep.equal([]);
  });

  it('fills the colour icon to its edge with the accent colour', async () => {
    const { accentColor } = await readManifest();
    const { width, pixels } = await readIcon('color.png');
    const accent = [1, 3, 5].map((at) => Number.parseInt(accentColor.slice(at, at + 2), 16));
    for (const corner of [0, width - 1, pixels.length - width, pixels.length - 1]) {
      expect(pixels[corner]?.slice(0, 3)).to.deep.equal(accent);
    }
  });

  it('draws the outline on 32 × 32 pixels in nothing but white on transparent ground', async () => {
    const { width, height, pixels } = await readIcon('outline.png');
    expect([width, height]).to.deep.equal([32, 32]);
    const drawn = pixels.filter(([, , , alpha]) => alpha !== 0);
    expect(drawn.length).to.be.within(100, 500);
    expect(drawn.filter(([red, green, blue]) => red !== 255 || green !== 255 || blue !== 255)).to.deep.equal([]);
    expect(pixels[0]?.[3]).to.equal(0);
  });
});
