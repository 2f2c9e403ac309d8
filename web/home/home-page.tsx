import { TopBar } from '../app/top-bar.tsx';
import { Loading } from '../ui/state.tsx';

export default function HomePage() {
  return (
    <>
      <TopBar></TopBar>
      <Loading fill />
    </>
  );
}
