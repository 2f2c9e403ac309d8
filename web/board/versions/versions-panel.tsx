import { Ellipsis, Eye, History, ImageDown, RotateCcw } from 'lucide-react';
import { useState } from 'react';
import type { RoomVersion } from '../../../client/index.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { classNames } from '../../ui/class-names.ts';
import { Menu, MenuItem } from '../../ui/menu.tsx';
import { Loading, StateMessage } from '../../ui/state.tsx';
import { TimeAgo } from '../../ui/time-ago.tsx';
import { useBoard, useBoardState } from '../board-context.ts';
import { openExport } from '../export/export-store.ts';
import { usePerson } from '../guests/people.ts';
import panel from '../side-panel.module.css';
import type { PastState } from './bring-back.ts';
import { BringBackDialog } from './bring-back-dialog.tsx';
import { HistorySteps } from './history-steps.tsx';
import { lookAt } from './look-at.ts';
import { MomentSlider } from './moment-slider.tsx';
import { NameVersion } from './name-version.tsx';
import { useChanges } from './use-changes.ts';
import { useVersions } from './use-versions.ts';
import styles from './versions.module.css';

/** Named versions and every moment that is kept: to be looked at, named and brought back. */
export function VersionsPanel() {
  const board = useBoard();
  const seq = useBoardState((state) => state.moment?.seq);
  const { versions, problem, reload } = useVersions();
  const { changes, problem: changesProblem } = useChanges();
  const [asked, setAsked] = useState<PastState>();
  return (
    <>
      <div className={panel.tools}>
        <NameVersion versions={versions ?? []} />
        {changes === undefined ? (
          <p className={styles.slider} role="status">
            {changesProblem ?? 'Looking for the history…'}
          </p>
        ) : (
          <MomentSlider changes={changes} versions={versions ?? []} />
        )}
      </div>
      <div className={panel.scroll}>
        <h3 className={styles.heading}>Named versions</h3>
        {versions === undefined && problem === undefined && <Loading label="Looking for versions" />}
        {problem !== undefined && (
          <StateMessage icon={<History />} title="The versions could not be loaded" text={problem}>
            <Button onClick={reload}>Try again</Button>
          </StateMessage>
        )}
        {versions?.length === 0 && (
          <p className={styles.empty}>None yet. Name the state of now before you try something bold.</p>
        )}
        <ul className={styles.list}>
          {versions?.map((version) => (
            <Version
              key={version.id}
              version={version}
              isShown={version.seq === seq}
              onLook={(title) => lookAt(board, version.seq, title)}
              onBringBack={(title) => setAsked({ seq: version.seq, title })}
            />
          ))}
        </ul>
        {changes !== undefined && changes.length > 0 && <HistorySteps changes={changes} />}
      </div>
      <BringBackDialog state={asked} onDone={() => setAsked(undefined)} />
    </>
  );
}

function Version({
  version,
  isShown,
  onLook,
  onBringBack,
}: {
  readonly version: RoomVersion;
  readonly isShown: boolean;
  readonly onLook: (title: string) => void;
  readonly onBringBack: (title: string) => void;
}) {
  const author = usePerson(version.createdBy);
  const title = version.tag ?? `Version of change ${version.seq}`;
  return (
    <li className={classNames(styles.version, isShown && styles.shown)}>
      <button
        type="button"
        className={styles.look}
        aria-current={isShown || undefined}
        onClick={() => onLook(title)}
      >
        <span className={styles.title}>{title}</span>
        <span className={styles.by}>
          <TimeAgo at={Date.parse(version.createdAt)} /> · {author.name}
        </span>
      </button>
      <Menu
        align="end"
        trigger={
          <IconButton label={`More for “${title}”`} tooltipSide="left">
            <Ellipsis size={18} />
          </IconButton>
        }
      >
        <MenuItem icon={<Eye size={16} />} onSelect={() => onLook(title)}>
          Look at it
        </MenuItem>
        <MenuItem icon={<RotateCcw size={16} />} onSelect={() => onBringBack(title)}>
          Bring back…
        </MenuItem>
        <MenuItem icon={<ImageDown size={16} />} onSelect={() => openExport(version.seq)}>
          Export…
        </MenuItem>
      </Menu>
    </li>
  );
}
