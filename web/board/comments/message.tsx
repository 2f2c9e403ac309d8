import { Ellipsis, Pencil, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { useIdentity } from '../../app/identity.ts';
import { Avatar } from '../../ui/avatar.tsx';
import { IconButton } from '../../ui/button.tsx';
import { Menu, MenuItem } from '../../ui/menu.tsx';
import { TimeAgo } from '../../ui/time-ago.tsx';
import { useBoard } from '../board-context.ts';
import { usePeople } from '../guests/people.ts';
import { authorOf, useComments } from './board-comments.ts';
import { edit, remove } from './comment-actions.ts';
import type { Comment } from './comment-index.ts';
import styles from './comments.module.css';
import { Composer } from './composer.tsx';

/** One comment in its thread: who, when, what; one's own can be changed. */
export function Message({ comment }: { readonly comment: Comment }) {
  const board = useBoard();
  const facts = useComments((state) => state.facts);
  const { userId } = useIdentity();
  const names = usePeople((state) => state.names);
  const [isEditing, setEditing] = useState(false);
  const author = authorOf(comment, facts, names);
  const createdAt = facts.get(comment.id)?.createdAt;
  return (
    <li className={styles.message}>
      <Avatar {...author} />
      <div className={styles.said}>
        <div className={styles.by}>
          <strong>{author.name}</strong>
          <span className={styles.when}>
            {createdAt !== undefined && <TimeAgo at={createdAt} />}
            {comment.isEdited && ' · edited'}
          </span>
          {author.id === userId && !isEditing && (
            <Menu
              align="end"
              trigger={
                <IconButton label="More" className={styles.more ?? ''}>
                  <Ellipsis size={16} />
                </IconButton>
              }
            >
              <MenuItem icon={<Pencil size={16} />} onSelect={() => setEditing(true)}>
                Edit
              </MenuItem>
              <MenuItem icon={<Trash2 size={16} />} danger onSelect={() => remove(board, comment.id)}>
                Delete
              </MenuItem>
            </Menu>
          )}
        </div>
        {isEditing ? (
          <Composer
            label="Edit comment"
            draftKey={`${board.room.id} edit ${comment.id}`}
            initial={comment.body}
            submit="Save"
            autoFocus
            onSend={(text) => {
              if (text !== comment.body) edit(board, comment.id, text);
              setEditing(false);
            }}
            onCancel={() => setEditing(false)}
          />
        ) : (
          <p className={styles.body}>{comment.body}</p>
        )}
      </div>
    </li>
  );
}
