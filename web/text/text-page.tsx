import { FileX, Trash2, WifiOff } from 'lucide-react';
import { Link } from 'wouter';
import { textsApi } from '../app/api.ts';
import { errorText } from '../app/error-text.ts';
import { TopBar } from '../app/top-bar.tsx';
import { useTitle } from '../app/use-title.ts';
import { Button, buttonClass } from '../ui/button.tsx';
import { Loading, StateMessage } from '../ui/state.tsx';
import { toast } from '../ui/toast.tsx';
import { ForeignText } from './foreign-text.tsx';
import { TextWorkspace } from './text-workspace.tsx';
import { useTextDocument } from './use-text-document.ts';

/** A text, edited together. */
export default function TextPage({ documentId }: { readonly documentId: string }) {
  const { known, askAgain } = useTextDocument(documentId);
  useTitle('document' in known ? known.document.title : 'Text');
  switch (known.name) {
    case 'there':
      return known.document.crdt === 'yjs' ? (
        <TextWorkspace key={known.document.id} document={known.document} onGone={askAgain} />
      ) : (
        <ForeignText document={known.document} />
      );
    case 'deleted':
      return <DeletedText title={known.document.title} id={known.document.id} onRestored={askAgain} />;
    case 'unknown':
      return (
        <>
          <TopBar />
          <StateMessage
            fill
            icon={<FileX />}
            title="There is no such text"
            text="The address may be incomplete, or the text is on another server."
          >
            <AllDocuments />
          </StateMessage>
        </>
      );
    case 'failed':
      return (
        <>
          <TopBar />
          <StateMessage fill icon={<WifiOff />} title="The text did not come" text={known.reason}>
            <Button variant="primary" onClick={askAgain}>
              Try again
            </Button>
            <AllDocuments />
          </StateMessage>
        </>
      );
    default:
      return (
        <>
          <TopBar> </TopBar>
          <Loading fill label="Loading the text" />
        </>
      );
  }
}

const AllDocuments = () => (
  <Link className={buttonClass()} href="/">
    All documents
  </Link>
);

function DeletedText({
  id,
  title,
  onRestored,
}: {
  readonly id: string;
  readonly title: string;
  readonly onRestored: () => void;
}) {
  const restore = async (): Promise<void> => {
    try {
      await textsApi.update(id, { deleted: false });
      onRestored();
    } catch (error) {
      toast({ title: 'The text was not restored', detail: errorText(error), tone: 'danger' });
    }
  };
  return (
    <>
      <TopBar />
      <StateMessage
        fill
        icon={<Trash2 />}
        title={`“${title}” was deleted`}
        text="Everything that was written is kept. It can be restored for everybody."
      >
        <Button variant="primary" onClick={() => void restore()}>
          Restore
        </Button>
        <AllDocuments />
      </StateMessage>
    </>
  );
}
