import './ui/theme.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { Routes } from './app/routes.tsx';
import { startTheme } from './app/theme.ts';
import { HotkeysDialog } from './ui/hotkeys.tsx';
import { Toaster } from './ui/toast.tsx';
import { TooltipProvider } from './ui/tooltip.tsx';

startTheme();
const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no #root');
createRoot(root).render(
  <StrictMode>
    <TooltipProvider delayDuration={400}>
      <Routes />
      <HotkeysDialog />
      <Toaster />
    </TooltipProvider>
  </StrictMode>,
);
