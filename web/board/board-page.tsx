import { TopBar } from '../app/top-bar.tsx';
import { Loading } from '../ui/state.tsx';

export default function BoardPage({ roomId }: { readonly roomId: string }) {
  return (
    <>
      <TopBar>{roomId}</TopBar>
      <Loading fill />
    </>
  );
}
