using AvaConsole.Inference.Packages;

namespace AvaConsole.Tests.Inference.Packages;

/// <summary>The cursor is where the bar is.</summary>
public sealed class ServiceCompletionTests
{
    [Theory]
    [InlineData("|", "pipeline,input,inputs,output,labels,models,steps")]
    [InlineData("pipeline: raw\nla|", "input,inputs,output,labels,models,steps")]
    [InlineData("output:\n  |", "tensor,activation,top_k,threshold")]
    [InlineData("pipeline: embedding\noutput:\n  tensor: x\n  |", "normalize,form")]
    [InlineData("pipeline: embedding\noutput:\n  |\n  form: json", "tensor,normalize")]
    [InlineData("inputs:\n  - kind: tensor\n    |", "tensor,entry,format,shape")]
    [InlineData("inputs:\n- kind: tensor\n  |", "tensor,entry,format,shape")]
    [InlineData("inputs:\n  - kind: audio\n    rate: 1\n  - kind: tensor\n    |", "tensor,entry,format,shape")]
    [InlineData("input:\n  kind: tabular\n  columns:\n    - name: a\n      |", "categories,one_hot,missing,unknown,mean,std")]
    [InlineData("pipeline: ensemble\nmodels:\n  a:\n    file: a.onnx\n    |", "pipeline,input,inputs,output,labels")]
    [InlineData("pipeline: ensemble\nsteps:\n  - model: a\n    |", "name,inputs,crop,margin,classes,max_crops")]
    public void At_PlaceOfAMember_ProposesThoseThatAreNotThereYet(string text, string expected)
    {
        var found = At(text);

        Assert.Equal(expected, string.Join(',', found.Select(one => one.Label)));
        Assert.All(found, one => Assert.True(one.IsMember && one.Insert == one.Label + ": "));
    }

    [Theory]
    [InlineData("pipeline: |", "classification,detection,segmentation,embedding,regression,raw,ensemble")]
    [InlineData("pipeline: segmentation\noutput:\n  form: |", "png,rle")]
    [InlineData("input:\n  layout: n|", "nchw,nhwc")]
    [InlineData("input:\n  kind: |", "picture,text,tabular,audio,tensor")]
    [InlineData("input:\n  kind: text\n  lowercase: |", "true,false")]
    [InlineData("labels: |", "names.txt")]
    [InlineData("input:\n  width: |", "")]
    [InlineData("nothing:\n  like: |", "")]
    [InlineData("pipeline: raw # |", "")]
    public void At_PlaceOfAValue_ProposesItsWords(string text, string expected) => Assert.Equal(expected, string.Join(',', At(text).Select(one => one.Insert)));

    [Fact]
    public void At_AnInputOfNoKindYet_ProposesTheMembersOfAll()
    {
        var found = At("input:\n  |").Select(one => one.Label).ToList();

        Assert.Contains("kind", found);
        Assert.Contains("width", found);
        Assert.Contains("vocabulary", found);
    }

    [Fact]
    public void At_AMember_HasItsDescription() => Assert.StartsWith("How requests become answers.", At("|")[0].Description, StringComparison.Ordinal);

    private static IReadOnlyList<ServiceSuggestion> At(string marked)
    {
        var before = marked[..marked.IndexOf('|', StringComparison.Ordinal)];
        return ServiceCompletion.At(marked.Replace("|", "", StringComparison.Ordinal), before.Count(letter => letter == '\n') + 1, before.Length - before.LastIndexOf('\n'), ["names.txt"]);
    }
}
