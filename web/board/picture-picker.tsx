import { type ReactNode, useRef } from 'react';
import { offerPicture, PICTURE_TYPES, pictureIn } from './base-picture.tsx';
import { useBoard } from './board-context.ts';

/** Lets the user choose the picture that lies below the annotations. @param children - draws the button */
export function PicturePicker({ children }: { readonly children: (choose: () => void) => ReactNode }) {
  const { room } = useBoard();
  const field = useRef<HTMLInputElement>(null);
  return (
    <>
      {children(() => field.current?.click())}
      <input
        ref={field}
        type="file"
        hidden
        accept={PICTURE_TYPES}
        aria-label="Picture to annotate"
        onChange={({ target }) => {
          const picture = pictureIn(target.files ?? []);
          target.value = '';
          if (picture !== undefined) void offerPicture(room.id, picture);
        }}
      />
    </>
  );
}
