import { TopBar } from '../app/top-bar.tsx';
import { Loading } from '../ui/state.tsx';

export default function CanvasPage({ canvasId }: { readonly canvasId: string }) {
  return (
    <>
      <TopBar>{canvasId}</TopBar>
      <Loading fill />
    </>
  );
}
