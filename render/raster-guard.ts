import { Context } from 'pureimage';

const notHere = (name: string): never => {
  throw new Error(`${name}() of pureimage draws other than a canvas does, and is not offered.`);
};

/**
 * pureimage's drawing API without that part of it which we neither need nor replace: it paints past the clip, the alpha
 * or the transform, or reads state that we do not keep. It throws rather than draws wrongly; a contract test finds what
 * a new release adds.
 */
export class GuardedContext extends Context {
  override get font(): string {
    return notHere('font');
  }

  override set font(_font: string) {
    notHere('font');
  }

  override createLinearGradient(): never {
    return notHere('createLinearGradient');
  }

  override createRadialGradient(): never {
    return notHere('createRadialGradient');
  }

  override createConicGradient(): never {
    return notHere('createConicGradient');
  }

  override drawImage(): never {
    return notHere('drawImage');
  }

  override getImageData(): never {
    return notHere('getImageData');
  }

  override putImageData(): never {
    return notHere('putImageData');
  }

  override clearRect(): never {
    return notHere('clearRect');
  }

  override arcTo(): never {
    return notHere('arcTo');
  }

  override fillText(): never {
    return notHere('fillText');
  }

  override strokeText(): never {
    return notHere('strokeText');
  }

  override measureText(): never {
    return notHere('measureText');
  }

  override drawLine(): never {
    return notHere('drawLine');
  }

  override drawLine_aa(): never {
    return notHere('drawLine_aa');
  }

  override drawLine_noaa(): never {
    return notHere('drawLine_noaa');
  }

  override fill_aa(): never {
    return notHere('fill_aa');
  }

  override fill_noaa(): never {
    return notHere('fill_noaa');
  }

  override strokePixel(): never {
    return notHere('strokePixel');
  }

  override fillPixelWithColor(): never {
    return notHere('fillPixelWithColor');
  }

  override calculateRGBA(): never {
    return notHere('calculateRGBA');
  }

  override calculateRGBA_stroke(): never {
    return notHere('calculateRGBA_stroke');
  }

  override pixelInsideClip(): never {
    return notHere('pixelInsideClip');
  }
}
