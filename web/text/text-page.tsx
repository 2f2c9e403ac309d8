import { TopBar } from '../app/top-bar.tsx';
import { Loading } from '../ui/state.tsx';

export default function TextPage({ documentId }: { readonly documentId: string }) {
  return (
    <>
      <TopBar>{documentId}</TopBar>
      <Loading fill />
    </>
  );
}
