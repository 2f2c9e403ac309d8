import { TriangleAlert } from 'lucide-react';
import { Component, type ReactNode } from 'react';
import { Button, buttonClass } from '../ui/button.tsx';
import { StateMessage } from '../ui/state.tsx';

/** A defect of a page leaves the rest of the app, with a way on. */
export class ErrorBoundary extends Component<{ readonly children: ReactNode }, { readonly error?: Error }> {
  override state: { readonly error?: Error } = {};

  static getDerivedStateFromError(error: Error) {
    return { error };
  }

  override render() {
    const { error } = this.state;
    if (error === undefined) return this.props.children;
    return (
      <StateMessage
        fill
        icon={<TriangleAlert />}
        title="This page has failed"
        text={`${error.message} What was saved is safe on the server.`}
      >
        <Button variant="primary" onClick={() => window.location.reload()}>
          Load it again
        </Button>
        <a className={buttonClass()} href="/">
          All documents
        </a>
      </StateMessage>
    );
  }
}
