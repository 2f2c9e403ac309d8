import { expect } from 'chai';
import { placeOf, readPlace, viewOfPlace, withoutPlace, writePlace } from '../../web/canvas/view/place.ts';

const PICTURE = { width: 900, height: 900 };
const SCREEN = { width: 1000, height: 600 };

describe('the link to a place of a canvas', () => {
  it('shows the same place and size to whoever opens it', () => {
    const link = writePlace('?debug=1', placeOf({ x: -3000, y: -2000, scale: 12.5 }, PICTURE, SCREEN));
    expect(link).to.equal('?debug=1&x=280&y=184&zoom=12.5');
    const place = readPlace(link);
    expect(place).to.deep.equal({ x: 280, y: 184, zoom: 12.5 });
    if (place === undefined) return;
    expect(placeOf(viewOfPlace(place, PICTURE, SCREEN), PICTURE, SCREEN)).to.deep.equal(place);
  });

  it('names none where all of the canvas is shown', () => {
    expect(withoutPlace('?debug=1&x=280&y=184&zoom=12.5')).to.equal('?debug=1');
    expect(withoutPlace('?x=280&y=184')).to.equal('');
  });

  it('comes to the nearest cell where it leads off the canvas', () => {
    expect(placeOf(viewOfPlace({ x: 5000, y: -9, zoom: 8 }, PICTURE, SCREEN), PICTURE, SCREEN)).to.deep.equal(
      {
        x: 899,
        y: 0,
        zoom: 8,
      },
    );
  });

  it('is nothing where it does not say where', () => {
    for (const search of ['', '?x=4', '?x=&y=2', '?x=a&y=2', '?x=1&y=2&zoom=0', '?x=1&y=2&zoom=9999']) {
      expect(readPlace(search), search).to.equal(undefined);
    }
    expect(readPlace('?x=1&y=2')).to.deep.equal({ x: 1, y: 2, zoom: 8 });
  });
});
