import { Compass } from 'lucide-react';
import { lazy, Suspense, useEffect } from 'react';
import { Link, Route, Switch } from 'wouter';
import { buttonClass } from '../ui/button.tsx';
import { Loading, StateMessage } from '../ui/state.tsx';
import { ErrorBoundary } from './error-boundary.tsx';
import { TopBar } from './top-bar.tsx';

const loadHome = () => import('../home/home-page.tsx');
const HomePage = lazy(loadHome);
const BoardPage = lazy(() => import('../board/board-page.tsx'));
const TextPage = lazy(() => import('../text/text-page.tsx'));
const CanvasPage = lazy(() => import('../canvas/canvas-page.tsx'));
const InspectorPage = lazy(() => import('../inspector/inspector-page.tsx'));

/** When the page that was asked for is there. */
const HOME_AFTER_MS = 3_000;

/**
 * Every page, loaded when it is asked for. The server answers the same addresses (`http/web-app.ts`). A page begins anew
 * where its document is another one: `key`.
 */
export function Routes() {
  useEffect(() => {
    // The way home must not need a server that may be away by then.
    const timer = window.setTimeout(() => void loadHome().catch(() => undefined), HOME_AFTER_MS);
    return () => window.clearTimeout(timer);
  }, []);
  return (
    <ErrorBoundary>
      <Suspense fallback={<Loading fill />}>
        <Switch>
          <Route path="/">
            <HomePage />
          </Route>
          <Route path="/boards/:id">{({ id }) => <BoardPage key={id} roomId={id} />}</Route>
          <Route path="/texts/:id">{({ id }) => <TextPage key={id} documentId={id} />}</Route>
          <Route path="/canvases/:id">{({ id }) => <CanvasPage key={id} canvasId={id} />}</Route>
          <Route path="/debug/actors">
            <InspectorPage />
          </Route>
          <Route>
            <TopBar />
            <StateMessage
              fill
              icon={<Compass />}
              title="There is nothing here"
              text="The address leads nowhere."
            >
              <Link className={buttonClass('primary')} href="/">
                All documents
              </Link>
            </StateMessage>
          </Route>
        </Switch>
      </Suspense>
    </ErrorBoundary>
  );
}
