// Serves DIR/NAME/model.onnx over the Open Inference Protocol's infer path, as plainly as a service of this kind is written.
// Usage: node server.mjs DIR [PORT]; THREADS sets the threads within a run (default: the runtime's own choice).
import { readdirSync, existsSync } from "node:fs";
import { join } from "node:path";
import Fastify from "fastify";
import ort from "onnxruntime-node";

const [folder, port = "8100"] = process.argv.slice(2);
const threads = Number(process.env.THREADS ?? 0);
const kinds = {
  FP32: ["float32", Float32Array], FP64: ["float64", Float64Array],
  INT8: ["int8", Int8Array], INT16: ["int16", Int16Array], INT32: ["int32", Int32Array],
  UINT8: ["uint8", Uint8Array], UINT16: ["uint16", Uint16Array], UINT32: ["uint32", Uint32Array],
};
const datatypes = Object.fromEntries(Object.entries(kinds).map(([name, [type]]) => [type, name]));

const sessions = new Map();
for (const name of readdirSync(folder)) {
  const path = join(folder, name, "model.onnx");
  if (existsSync(path)) sessions.set(name, await ort.InferenceSession.create(path, threads > 0 ? { intraOpNumThreads: threads } : {}));
}

const server = Fastify({ bodyLimit: 64 * 1024 * 1024 });
server.post("/v2/models/:name/infer", async (request, reply) => {
  const session = sessions.get(request.params.name);
  if (!session) return reply.code(404).send({ error: "no such model" });
  const feeds = {};
  for (const input of request.body.inputs) {
    const [type, array] = kinds[input.datatype];
    feeds[input.name] = new ort.Tensor(type, array.from(input.data), input.shape);
  }
  const results = await session.run(feeds);
  return {
    model_name: request.params.name,
    id: request.body.id,
    outputs: Object.entries(results).map(([name, tensor]) => ({
      name, datatype: datatypes[tensor.type], shape: tensor.dims, data: Array.from(tensor.data),
    })),
  };
});
await server.listen({ host: "127.0.0.1", port: Number(port) });
console.log(`ready ${port}`);
