import { X } from 'lucide-react';
import { Toast as Radix } from 'radix-ui';
import { create } from 'zustand';
import { Button, IconButton } from './button.tsx';
import { classNames } from './class-names.ts';
import styles from './toast.module.css';

export interface ToastOptions {
  readonly title: string;
  readonly detail?: string;
  readonly tone?: 'info' | 'success' | 'warning' | 'danger';
  readonly action?: { readonly label: string; readonly run: () => void };
  /** Of the same key there is only the latest, such as one about the rate limit. */
  readonly key?: string;
  /** Milliseconds. Default: 5 s, with an action 8 s. */
  readonly duration?: number;
}

interface Toasts {
  readonly toasts: readonly (ToastOptions & { readonly id: number })[];
}

/** More would only hide the page. */
const MOST = 4;
const useToasts = create<Toasts>(() => ({ toasts: [] }));
let lastId = 0;

const dismiss = (id: number): void =>
  useToasts.setState(({ toasts }) => ({ toasts: toasts.filter((toast) => toast.id !== id) }));

/** Says something for some seconds, in a corner; screen readers hear it. */
export function toast(options: ToastOptions): void {
  lastId += 1;
  const id = lastId;
  useToasts.setState(({ toasts }) => {
    const others = toasts.filter(({ key }) => key === undefined || key !== options.key);
    return { toasts: [...others, { ...options, id }].slice(-MOST) };
  });
}

/** Where toasts appear; once in the app. */
export function Toaster() {
  const toasts = useToasts((state) => state.toasts);
  return (
    <Radix.Provider label="Notification">
      {toasts.map(({ id, title, detail, tone = 'info', action, duration }) => (
        <Radix.Root
          key={id}
          className={classNames(styles.toast, tone !== 'info' && styles[tone])}
          duration={duration ?? (action ? 8000 : 5000)}
          onOpenChange={(open) => open || dismiss(id)}
        >
          <div className={styles.words}>
            <Radix.Title className={styles.title}>{title}</Radix.Title>
            {detail && <Radix.Description className={styles.detail}>{detail}</Radix.Description>}
          </div>
          {action && (
            <Radix.Action asChild altText={action.label}>
              <Button onClick={action.run}>{action.label}</Button>
            </Radix.Action>
          )}
          <Radix.Close asChild>
            <IconButton label="Dismiss">
              <X size={16} />
            </IconButton>
          </Radix.Close>
        </Radix.Root>
      ))}
      <Radix.Viewport className={styles.viewport} />
    </Radix.Provider>
  );
}
