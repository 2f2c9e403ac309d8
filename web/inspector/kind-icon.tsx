import { FileText, Grid3x3, PenTool, Shapes } from 'lucide-react';

/** What kind of document it is, for the eye; the word stands beside it. */
export function KindIcon({ kind, size = 15 }: { readonly kind: string; readonly size?: number }) {
  switch (kind) {
    case 'annotation':
      return <PenTool size={size} aria-hidden />;
    case 'text':
      return <FileText size={size} aria-hidden />;
    case 'canvas':
      return <Grid3x3 size={size} aria-hidden />;
    default:
      return <Shapes size={size} aria-hidden />;
  }
}
