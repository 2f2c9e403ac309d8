import {
  Archive,
  ArchiveRestore,
  EllipsisVertical,
  Grid3x3,
  Image,
  Pencil,
  ScrollText,
  Trash2,
  Users,
} from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { Link } from 'wouter';
import { canvasesApi } from '../app/api.ts';
import { IconButton } from '../ui/button.tsx';
import { Menu, MenuItem, MenuSeparator } from '../ui/menu.tsx';
import { TimeAgo } from '../ui/time-ago.tsx';
import { archiveCanvas, deleteDocument } from './deletions.ts';
import { type DocumentCard, type Kind, pathOfCard } from './document-card.ts';
import styles from './document-tile.module.css';
import { useDocuments } from './documents-store.ts';
import { useModerator } from './moderator.ts';
import { NameField } from './name-field.tsx';
import { renameDocument } from './rename.ts';
import { Thumbnail } from './thumbnail.tsx';
import { useInView } from './use-in-view.ts';

const KIND_ICONS = { board: Image, text: ScrollText, canvas: Grid3x3 } as const;
const KIND_WORDS: Readonly<Record<Kind, string>> = { board: 'Board', text: 'Text', canvas: 'Canvas' };

/** One document: what it looks like, who is there, when it was changed, and what can be done with it. */
export function DocumentTile({ card }: { readonly card: DocumentCard }) {
  const tile = useRef<HTMLLIElement>(null);
  const isInView = useInView(tile);
  const [isNaming, setNaming] = useState(false);
  const here = useHere(card, isInView);
  const Icon = KIND_ICONS[card.kind];
  return (
    <li ref={tile} className={styles.tile} data-kind={card.kind}>
      <div className={styles.picture}>
        <Thumbnail card={card} isInView={isInView} />
        {here !== undefined && here > 0 && (
          <span className={styles.here}>
            <Users size={13} aria-hidden />
            {here} here
          </span>
        )}
        {card.isArchived && <span className={styles.archived}>Archived</span>}
      </div>
      <div className={styles.foot}>
        <Icon className={styles.icon} size={17} aria-hidden />
        <div className={styles.words}>
          {isNaming ? (
            <NameField
              name={card.name}
              onDone={(name) => {
                setNaming(false);
                if (name !== undefined) void renameDocument(card, name);
              }}
            />
          ) : (
            <Link
              className={styles.name}
              href={pathOfCard(card)}
              title={card.name}
              onKeyDown={(event) => {
                if (event.key !== 'F2') return;
                event.preventDefault();
                setNaming(true);
              }}
            >
              <span className="visually-hidden">{KIND_WORDS[card.kind]}: </span>
              {card.name}
            </Link>
          )}
          <span className={styles.when}>
            <TimeAgo at={card.changedAt} />
          </span>
        </div>
        <TileMenu card={card} onRename={() => setNaming(true)} />
      </div>
    </li>
  );
}

function TileMenu({ card, onRename }: { readonly card: DocumentCard; readonly onRename: () => void }) {
  const { isModerator } = useModerator();
  const isOthers = card.kind === 'canvas' && !isModerator;
  const isRenaming = useRef(false);
  return (
    <Menu
      align="end"
      trigger={
        <IconButton label={`More: ${card.name}`} className={styles.more}>
          <EllipsisVertical size={17} />
        </IconButton>
      }
      onCloseAutoFocus={(event) => {
        if (!isRenaming.current) return;
        // Not before: the menu keeps the focus inside until it is gone.
        isRenaming.current = false;
        event.preventDefault();
        onRename();
      }}
    >
      <MenuItem
        icon={<Pencil size={16} />}
        hint="F2"
        disabled={isOthers}
        onSelect={() => {
          isRenaming.current = true;
        }}
      >
        Rename
      </MenuItem>
      <MenuSeparator />
      {card.kind === 'canvas' ? (
        <MenuItem
          icon={card.isArchived ? <ArchiveRestore size={16} /> : <Archive size={16} />}
          disabled={isOthers}
          onSelect={() => void archiveCanvas(card, !card.isArchived)}
        >
          {card.isArchived ? 'Let it be painted on' : 'Archive'}
        </MenuItem>
      ) : (
        <MenuItem danger icon={<Trash2 size={16} />} onSelect={() => void deleteDocument(card)}>
          Delete
        </MenuItem>
      )}
      {isOthers && (
        <MenuItem disabled onSelect={() => undefined}>
          Moderators change canvases
        </MenuItem>
      )}
    </Menu>
  );
}

/** How many have it open; of a canvas the list does not say. */
function useHere(card: DocumentCard, isInView: boolean): number | undefined {
  const round = useDocuments((state) => (card.kind === 'canvas' ? state.round : 0));
  const [online, setOnline] = useState<number>();
  const { id, kind } = card;
  // biome-ignore lint/correctness/useExhaustiveDependencies: each round asks anew
  useEffect(() => {
    if (kind !== 'canvas' || !isInView) return;
    let isLatest = true;
    canvasesApi
      .stats(id)
      .then((stats) => {
        if (isLatest) setOnline(stats.online);
      })
      // Then it is not said.
      .catch(() => undefined);
    return () => {
      isLatest = false;
    };
  }, [id, kind, isInView, round]);
  return kind === 'canvas' ? online : card.here;
}
