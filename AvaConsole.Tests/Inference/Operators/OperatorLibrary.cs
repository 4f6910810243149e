using System.Security.Cryptography;
using AvaConsole.Inference.Operators;
using AvaConsole.Tests.Support;

namespace AvaConsole.Tests.Inference.Operators;

/// <summary>A real library of one operator, <c>com.acme</c>'s <c>Triple</c>, made by the machine's C compiler with the header that comes with ONNX Runtime's sources.</summary>
internal static class OperatorLibrary
{
    public const string Domain = "com.acme";

    private const string Code = """
        #include "onnxruntime_c_api.h"
        static const OrtApi* api;
        static void* make(const OrtCustomOp* op, const OrtApi* a, const OrtKernelInfo* info) { return (void*)1; }
        static const char* name(const OrtCustomOp* op) { return "Triple"; }
        static const char* provider(const OrtCustomOp* op) { return 0; }
        static ONNXTensorElementDataType type(const OrtCustomOp* op, size_t index) { return ONNX_TENSOR_ELEMENT_DATA_TYPE_FLOAT; }
        static size_t one(const OrtCustomOp* op) { return 1; }
        static OrtCustomOpInputOutputCharacteristic needed(const OrtCustomOp* op, size_t index) { return INPUT_OUTPUT_REQUIRED; }
        static void destroy(void* kernel) { }
        static void compute(void* kernel, OrtKernelContext* context) {
          const OrtValue* input; OrtValue* output; OrtTensorTypeAndShapeInfo* info; size_t rank, count; int64_t shape[16]; float *from, *to;
          api->KernelContext_GetInput(context, 0, &input);
          api->GetTensorTypeAndShape(input, &info);
          api->GetDimensionsCount(info, &rank);
          api->GetDimensions(info, shape, rank);
          api->GetTensorShapeElementCount(info, &count);
          api->ReleaseTensorTypeAndShapeInfo(info);
          api->KernelContext_GetOutput(context, 0, shape, rank, &output);
          api->GetTensorMutableData((OrtValue*)input, (void**)&from);
          api->GetTensorMutableData(output, (void**)&to);
          for (size_t i = 0; i < count; i++) to[i] = 3 * from[i];
        }
        static OrtCustomOp triple;
        OrtStatus* RegisterCustomOps(OrtSessionOptions* options, const OrtApiBase* base) {
          OrtCustomOpDomain* domain; OrtStatus* status;
          api = base->GetApi(ORT_API_VERSION);
          triple.version = 8;
          triple.CreateKernel = make; triple.GetName = name; triple.GetExecutionProviderType = provider;
          triple.GetInputType = type; triple.GetInputTypeCount = one; triple.GetOutputType = type; triple.GetOutputTypeCount = one;
          triple.KernelCompute = compute; triple.KernelDestroy = destroy; triple.GetInputCharacteristic = needed; triple.GetOutputCharacteristic = needed;
          if ((status = api->CreateCustomOpDomain("com.acme", &domain))) return status;
          if ((status = api->CustomOpDomain_Add(domain, &triple))) return status;
          return api->AddCustomOpDomain(options, domain);
        }
        """;

    public static string? Header { get; } = Path.Exists(RepositoryRoot.Combine("node_modules"))
        ? Directory.EnumerateFiles(RepositoryRoot.Combine("node_modules", "com.github.asus4.onnxruntime"), "onnxruntime_c_api.h", SearchOption.AllDirectories).FirstOrDefault()
        : null;

    /// <summary>What is allowed of it, with its digest.</summary>
    public static async Task<CustomOperatorLibrary> BuildAsync(TemporaryDirectory folder)
    {
        var (source, library) = (folder.Combine("triple.c"), folder.Combine("libtriple.so"));
        await File.WriteAllTextAsync(source, Code);
        await ChildProcess.RunAsync("gcc", "-shared", "-fPIC", "-O1", "-I", Path.GetDirectoryName(Header)!, "-o", library, source);
        return new CustomOperatorLibrary { Domain = Domain, Library = library, Sha256 = Convert.ToHexStringLower(SHA256.HashData(await File.ReadAllBytesAsync(library))) };
    }
}

/// <summary>Skips where there is no C compiler, or no header.</summary>
internal sealed class CompilerFactAttribute : FactAttribute
{
    public CompilerFactAttribute()
    {
        if (OperatorLibrary.Header is null || !(Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Any(folder => File.Exists(Path.Combine(folder, "gcc"))))
        {
            Skip = "Needs gcc and onnxruntime_c_api.h.";
        }
    }
}
