// The file input lies over the whole zone, so dropping works by itself. This only shows what was chosen, without a way over the server.

export function attach(root) {
  const input = root.querySelector('input[type=file]');
  input.addEventListener('change', () => {
    const file = input.files?.[0];
    setPicture(root, file && file.type.startsWith('image/') ? URL.createObjectURL(file) : null);
  });
  for (const type of ['dragenter', 'dragover']) {
    root.addEventListener(type, () => root.toggleAttribute('data-over', true));
  }
  for (const type of ['dragleave', 'drop', 'dragend']) {
    root.addEventListener(type, () => root.toggleAttribute('data-over', false));
  }
}

export function show(root, url) {
  if (url) {
    setPicture(root, url);
    root.querySelector('input[type=file]').value = '';
  }
}

function setPicture(root, url) {
  const picture = root.querySelector('[data-preview]');
  if (picture.src.startsWith('blob:')) {
    URL.revokeObjectURL(picture.src);
  }
  picture.hidden = !url;
  if (url) {
    picture.src = url;
  }
  root.toggleAttribute('data-filled', Boolean(url));
}
