import { Grid2x2X } from 'lucide-react';
import { Link } from 'wouter';
import { TopBar } from '../app/top-bar.tsx';
import { buttonClass } from '../ui/button.tsx';
import { StateMessage } from '../ui/state.tsx';

/** There is no such canvas. */
export function MissingCanvas() {
  return (
    <>
      <TopBar />
      <StateMessage
        fill
        icon={<Grid2x2X />}
        title="There is no such canvas"
        text="It was never made, or the link has a mistake."
      >
        <Link className={buttonClass('primary')} href="/">
          All documents
        </Link>
        <a className={buttonClass()} href="/canvases/main">
          The main canvas
        </a>
      </StateMessage>
    </>
  );
}
