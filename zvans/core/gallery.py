"""The shelf of components at /ui/, in development only: each piece of the interface in its states."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from zvans.core.forms import DateInput, Form, MoneyField
from zvans.core.http import is_fragment


class GalleryForm(Form):
    """A field of each kind."""

    name = forms.CharField(label="Name", help_text="As they call themselves.")
    email = forms.EmailField(label="E-mail", required=False)
    on = forms.DateField(label="Date", widget=DateInput, required=False)
    amount = MoneyField(label="Amount", required=False)
    stage = forms.ChoiceField(label="Stage", choices=[("new", "New"), ("call", "Called")])
    answer = forms.ChoiceField(label="Answer", choices=[("y", "Yes"), ("n", "No")], widget=forms.RadioSelect)
    sure = forms.BooleanField(label="Agrees to receive messages", required=False, help_text="Can be changed later.")
    note = forms.CharField(label="Note", widget=forms.Textarea(attrs={"rows": 3}), required=False)


def gallery(request: HttpRequest) -> HttpResponse:
    """Every component of the interface, once (in development only)."""
    mistaken = GalleryForm({"name": "", "amount": "twelve", "stage": "new"})
    mistaken.is_valid()
    if is_fragment(request):
        context = {"form": GalleryForm(), "title": "A dialog", "submit": "Save", "action": "/ui/", "in_dialog": True}
        return render(request, "core/form.html#sheet", context)
    return render(request, "core/gallery.html", {"form": GalleryForm(), "mistaken": mistaken})
