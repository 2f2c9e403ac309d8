import { ImageOff } from 'lucide-react';
import { canvasesApi, SERVER_URL } from '../app/api.ts';
import { classNames } from '../ui/class-names.ts';
import type { DocumentCard } from './document-card.ts';
import { useDocuments } from './documents-store.ts';
import styles from './thumbnail.module.css';
import { previewScale, snapshotScale } from './thumbnail-scale.ts';
import { usePicture } from './use-picture.ts';

interface ThumbnailProps {
  readonly card: DocumentCard;
  /** Pictures out of sight are not asked for. */
  readonly isInView: boolean;
}

/** What a document looks like now. The words beside it say what it is, so it is hidden from screen readers. */
export function Thumbnail({ card, isInView }: ThumbnailProps) {
  switch (card.kind) {
    case 'board':
      return <BoardPicture card={card} isInView={isInView} />;
    case 'canvas':
      return <CanvasPicture card={card} isInView={isInView} />;
    default:
      return <Paper title={card.name} />;
  }
}

function BoardPicture({ card, isInView }: ThumbnailProps) {
  const url = `${SERVER_URL}/v1/documents/${card.id}/preview?scale=${previewScale(card.size)}`;
  const picture = usePicture(isInView ? url : undefined, card.seq);
  return <Shown picture={picture} />;
}

function CanvasPicture({ card, isInView }: ThumbnailProps) {
  const round = useDocuments((state) => state.round);
  const size = card.size ?? { width: 1, height: 1 };
  const url = canvasesApi.snapshotUrl(card.id, { scale: snapshotScale(size) });
  const picture = usePicture(isInView ? url : undefined, isInView ? round : undefined);
  return <Shown picture={picture} isPixels={Math.max(size.width, size.height) < 300} />;
}

function Shown({
  picture,
  isPixels,
}: {
  readonly picture: ReturnType<typeof usePicture>;
  readonly isPixels?: boolean;
}) {
  if (picture.name === 'here') {
    return <img className={classNames(styles.picture, isPixels && styles.pixels)} src={picture.url} alt="" />;
  }
  if (picture.name === 'coming') return <span className={styles.coming} />;
  return (
    <span className={styles.none}>
      <ImageOff size={22} aria-hidden />
    </span>
  );
}

/** The lines of a text as one sees them from afar; the server does not tell what is written. */
const LINES = [94, 88, 97, 62, 0, 91, 96, 84, 90, 45];

function Paper({ title }: { readonly title: string }) {
  return (
    <span className={styles.paper} aria-hidden>
      <span className={styles.paperTitle}>{title}</span>
      {LINES.map((width, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: they never change
        <span key={index} className={styles.line} style={{ width: `${width}%` }} />
      ))}
    </span>
  );
}
