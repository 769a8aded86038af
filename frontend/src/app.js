// The application's script: htmx for fragments, and small behaviours named by data attributes.
import htmx from 'htmx.org';
import './menus.js';
import './dialog.js';
import './search.js';
import './toasts.js';
import { enhance } from './enhance.js';

window.htmx = htmx;
htmx.config.allowEval = false;
htmx.config.includeIndicatorStyles = false;
htmx.config.historyCacheSize = 0;
// A form that is sent back with its mistakes answers 422 and takes its own place.
htmx.config.responseHandling = [
  { code: '204', swap: false },
  { code: '[23]..', swap: true },
  { code: '422', swap: true },
  { code: '[45]..', swap: false, error: true },
];

document.addEventListener('htmx:configRequest', (event) => {
  event.detail.headers['X-CSRFToken'] = document.querySelector('meta[name=csrf-token]')?.content ?? '';
});
htmx.onLoad(enhance);
