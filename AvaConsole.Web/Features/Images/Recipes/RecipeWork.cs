using AvaConsole.Core.Common;
using AvaConsole.Core.Images.Dockerfiles;
using AvaConsole.Core.Images.Recipes;

namespace AvaConsole.Web.Features.Images.Recipes;

/// <summary>
/// The wizard's two sides of one recipe: the form, and the Dockerfile beside it. Whichever was changed last leads; the other follows as soon as what leads
/// can be understood. Until then it stays, so that nothing is lost.
/// </summary>
public sealed class RecipeWork
{
    private RecipeWork(RecipeForm form, string text)
    {
        (Form, Text) = (form, text);
        Judge();
    }

    public RecipeForm Form { get; }

    /// <summary>The Dockerfile as it is shown.</summary>
    public string Text { get; private set; }

    /// <summary>Why the text cannot be read into the form; null where the form says what the text does.</summary>
    public Error? TextError { get; private set; }

    /// <summary>What is wrong in the form. While there is something, the text is the last that had nothing.</summary>
    public IReadOnlyList<Problem> Problems { get; private set; } = [];

    public IReadOnlyList<DockerfileFinding> Findings { get; private set; } = [];

    /// <summary>The text says the same as what will be saved, in other words.</summary>
    public bool IsTextOwn { get; private set; }

    public bool CanSave => TextError is null && Problems.Count == 0;

    /// <summary>Null where the recipe cannot be written yet.</summary>
    public ImageRecipe? Recipe => CanSave ? Form.ToRecipe() : null;

    public static RecipeWork Of(RecipeForm form)
    {
        var work = new RecipeWork(form, "");
        work.FormChanged();
        return work;
    }

    /// <summary>As it was left.</summary>
    public static RecipeWork Restore(RecipeForm form, string text)
    {
        var work = new RecipeWork(form, text) { Problems = form.Check() };
        if (text.Length > 0)
        {
            work.TextError = DockerfileReader.Read(text).Error;
            work.IsTextOwn = work.CanSave && text != DockerfileWriter.Write(form.ToRecipe());
        }

        return work;
    }

    /// <summary>Something was typed into a field.</summary>
    public void FormChanged()
    {
        Problems = Form.Check();
        if (Problems.Count == 0)
        {
            (Text, TextError, IsTextOwn) = (DockerfileWriter.Write(Form.ToRecipe()), null, false);
            Judge();
        }
    }

    /// <summary>Something was typed into the Dockerfile.</summary>
    public void TextChanged(string text)
    {
        Text = text;
        var read = DockerfileReader.Read(text);
        TextError = read.Error;
        if (read.IsSuccess)
        {
            Form.Take(read.Value);
            Form.Name = Form.Name.Length > 0 ? Form.Name : read.Value.Name;
            Problems = Form.Check();
            IsTextOwn = Problems.Count > 0 || text != DockerfileWriter.Write(Form.ToRecipe());
        }

        Judge();
    }

    /// <summary>Leaves what could not be read, for the last that could.</summary>
    public void BackToForm()
    {
        TextError = null;
        FormChanged();
    }

    /// <summary>Puts another recipe in place of all fields but name and description.</summary>
    public void Replace(ImageRecipe recipe)
    {
        Form.Take(recipe);
        FormChanged();
    }

    public string? ProblemText(string field, Func<string, IReadOnlyList<object?>, string> say) =>
        Problems.FirstOrDefault(problem => problem.Field == field) is { } problem ? say(problem.Code, problem.Args) : null;

    private void Judge() => Findings = Text.Length == 0 ? [] : DockerfileLint.Check(Text).Value ?? [];
}
