import { Dialog } from '../ui/dialog.tsx';
import { TextField } from '../ui/field.tsx';

/** The link, to be copied by hand where the page may not do it. */
export function ShareDialog({
  link,
  onClose,
}: {
  readonly link: string | undefined;
  readonly onClose: () => void;
}) {
  return (
    <Dialog
      open={link !== undefined}
      onOpenChange={(open) => open || onClose()}
      title="A link to this view"
      description="Whoever opens it sees the same place."
    >
      <TextField label="Link" readOnly value={link ?? ''} onFocus={(event) => event.target.select()} />
    </Dialog>
  );
}
