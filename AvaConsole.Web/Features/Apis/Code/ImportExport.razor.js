// A dropped file finds the file input under it.

// Files may be dropped anywhere on the designer.
export function attach(element) {
  const area = element.closest('[data-designer]');
  const drop = area?.querySelector('[data-drop]');
  if (!drop) {
    return;
  }
  const isFile = event => event.dataTransfer?.types.includes('Files');
  area.addEventListener('dragenter', event => {
    if (isFile(event)) {
      drop.toggleAttribute('data-over', true);
    }
  });
  for (const type of ['drop', 'dragend', 'dragleave']) {
    drop.addEventListener(type, event => {
      if (type !== 'dragleave' || !drop.contains(event.relatedTarget)) {
        // After the input has had the file.
        setTimeout(() => drop.toggleAttribute('data-over', false));
      }
    });
  }
}
