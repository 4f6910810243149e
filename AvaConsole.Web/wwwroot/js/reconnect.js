// Drives the reconnect dialog. The framework says what it does by classes on the dialog; a lost circuit and a console that is
// down are told apart by asking /health/live: the page continues (or reloads, where the circuit is gone) once there is an answer.

const dialog = document.getElementById('components-reconnect-modal');
const probePath = '/health/live';
const probeInterval = 3000;
const prefix = 'components-reconnect-';
let probing = 0;
let last = '';

new MutationObserver(onClassChanged).observe(dialog, { attributes: true, attributeFilter: ['class'] });
dialog.addEventListener('cancel', event => event.preventDefault());
dialog.querySelector('[data-reconnect-action="reload"]').addEventListener('click', () => location.reload());
dialog.querySelector('[data-reconnect-action="retry"]').addEventListener('click', () => reconnect());
dialog.querySelector('[data-reconnect-action="resume"]').addEventListener('click', () => resume());

document.addEventListener('visibilitychange', () => {
  if (document.visibilityState === 'visible' && dialog.open) {
    probe();
  }
});

function onClassChanged() {
  const state = [...dialog.classList].find(name => name.startsWith(prefix))?.slice(prefix.length) ?? '';
  if (state === last) {
    return;
  }
  last = state;
  switch (state) {
    case 'show':
    case 'retrying':
    case 'failed':
      show('wait');
      probe();
      break;
    case 'paused':
      show('paused');
      break;
    case 'rejected':
      resume();
      break;
    case 'resume-failed':
      show('failed');
      break;
    default:
      hide();
  }
}

function show(state) {
  dialog.dataset.state = state;
  if (!dialog.open) {
    dialog.showModal();
  }
}

function hide() {
  window.clearTimeout(probing);
  delete dialog.dataset.state;
  dialog.close();
}

async function probe() {
  window.clearTimeout(probing);
  if (!dialog.open) {
    return;
  }
  const wasDown = dialog.dataset.state === 'down';
  const up = await answers();
  if (!dialog.open || dialog.dataset.state === 'paused') {
    return;
  }
  if (up && (wasDown || last === 'failed')) {
    await reconnect();
    return;
  }
  show(up ? 'wait' : 'down');
  probing = window.setTimeout(probe, probeInterval);
}

async function answers() {
  try {
    return (await fetch(probePath, { cache: 'no-store' })).ok;
  } catch {
    return false;
  }
}

async function reconnect() {
  show('wait');
  try {
    if (await Blazor.reconnect()) {
      hide();
    } else {
      await resume();
    }
  } catch {
    show('down');
    probing = window.setTimeout(probe, probeInterval);
  }
}

// The circuit is no longer held: newer frameworks may have kept its state, otherwise only a fresh page helps.
async function resume() {
  try {
    if (Blazor.resumeCircuit && await Blazor.resumeCircuit()) {
      hide();
    } else {
      location.reload();
    }
  } catch {
    show('failed');
  }
}
