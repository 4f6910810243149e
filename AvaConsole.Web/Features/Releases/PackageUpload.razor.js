// Posts the chosen file as it is. XMLHttpRequest, because fetch cannot tell how much was sent.

const pace = 200;

export function attach(root, path, token, page) {
  const input = root.querySelector('input[type=file]');
  input.addEventListener('change', () => {
    const file = input.files?.[0];
    input.value = '';
    if (file) {
      send(root, file, path, token, page);
    }
  });
}

export function cancel(root) {
  root.uploading?.abort();
}

function send(root, file, path, token, page) {
  const request = new XMLHttpRequest();
  root.uploading = request;
  let told = 0;
  request.open('POST', `${path}?name=${encodeURIComponent(file.name)}`);
  request.setRequestHeader('Content-Type', 'application/octet-stream');
  request.setRequestHeader('RequestVerificationToken', token ?? '');
  request.upload.addEventListener('progress', event => {
    const now = performance.now();
    if (now - told > pace || event.loaded === event.total) {
      told = now;
      tell(page, 'Progress', event.loaded);
    }
  });
  request.addEventListener('load', () => {
    const answer = parse(request.responseText);
    tell(page, 'EndAsync', request.status === 200 ? answer.id : null, answer.detail ?? '');
  });
  request.addEventListener('error', () => tell(page, 'EndAsync', null, ''));
  request.addEventListener('abort', () => tell(page, 'Cancelled'));
  request.addEventListener('loadend', () => {
    root.uploading = null;
  });
  tell(page, 'Start', file.name, file.size);
  request.send(file);
}

// The page may be gone, or its connection broken for a moment: the upload goes on.
function tell(page, method, ...values) {
  page.invokeMethodAsync(method, ...values).catch(() => {});
}

function parse(text) {
  try {
    return JSON.parse(text);
  } catch {
    return {};
  }
}
